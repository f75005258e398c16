import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Holder;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebEndpoint;
import jakarta.xml.ws.WebServiceClient;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Calls each case with classes that wsimport made. Standard input: the WSDL, the folder of the classes, then a line of
 * tab-separated words a case: id, service, port, operation, endpoint, envelope. Output: id, "ok" or what went wrong.
 */
public final class JaxWsClient {
  private static URL wsdl;
  private static final List<Class<?>> CLASSES = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in));
    wsdl = new URL(in.readLine());
    Path root = Path.of(in.readLine());
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace(File.separatorChar, '.');
        CLASSES.add(Class.forName(name.substring(0, name.length() - ".class".length())));
      }
    }
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String[] words = line.split("\t");
      System.out.println(words[0] + "\t" + tried(words));
      System.out.flush();
    }
    System.exit(0);
  }

  private static String tried(String[] words) {
    try {
      call(words[1], words[2], words[3], words[4], words[5]);
      return "ok";
    } catch (Throwable error) {
      Throwable cause = error instanceof java.lang.reflect.InvocationTargetException ? error.getCause() : error;
      return String.valueOf(cause).replaceAll("\\s+", " ");
    }
  }

  private static void call(String service, String port, String operation, String endpoint, String envelope)
      throws Exception {
    Object proxy = portOf(service, port);
    ((BindingProvider) proxy).getRequestContext().put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, endpoint);
    Method method = methodOf(proxy, operation);
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Element root = factory.newDocumentBuilder().parse(new File(envelope)).getDocumentElement();
    List<Object> arguments = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) arguments.add(argumentOf(parameter, root));
    method.invoke(proxy, arguments.toArray());
  }

  private static Object portOf(String service, String port) throws Exception {
    for (Class<?> type : CLASSES) {
      var named = type.getAnnotation(WebServiceClient.class);
      if (named == null || !named.name().equals(service)) continue;
      Object made = type.getConstructor(URL.class).newInstance(wsdl);
      for (Method method : type.getMethods()) {
        var end = method.getAnnotation(WebEndpoint.class);
        if (end != null && end.name().equals(port) && method.getParameterCount() == 0) return method.invoke((Service) made);
      }
    }
    throw new IllegalStateException("no class was made for " + service + "." + port);
  }

  private static Method methodOf(Object proxy, String operation) {
    for (Class<?> face : proxy.getClass().getInterfaces())
      for (Method method : face.getMethods()) {
        var named = method.getAnnotation(WebMethod.class);
        if (named == null) continue;
        String name = named.operationName().isEmpty() ? method.getName() : named.operationName();
        if (name.equals(operation)) return method;
      }
    throw new IllegalStateException("no method was made for " + operation);
  }

  private static Object argumentOf(Parameter parameter, Element envelope) throws Exception {
    var web = parameter.getAnnotation(WebParam.class);
    boolean isHolder = parameter.getType() == Holder.class;
    if (web.mode() == WebParam.Mode.OUT) return new Holder<>();
    Type type = isHolder ? ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0] : parameter.getParameterizedType();
    Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    Element found = find(envelope, web.targetNamespace(), web.name());
    if (found == null) found = find(envelope, "", web.name());
    Object value = found == null ? null : unmarshal(found, raw);
    return isHolder ? new Holder<>(value) : value;
  }

  private static Object unmarshal(Element element, Class<?> type) throws Exception {
    Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    Class<?>[] known = CLASSES.stream().filter(c -> c.getSimpleName().equals("ObjectFactory")).toArray(Class<?>[]::new);
    return JAXBContext.newInstance(known).createUnmarshaller().unmarshal(element, boxed).getValue();
  }

  private static Element find(Element parent, String namespace, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Element child)) continue;
      boolean isNamespace = namespace.equals(child.getNamespaceURI() == null ? "" : child.getNamespaceURI());
      if (isNamespace && child.getLocalName().equals(name)) return child;
      boolean isFrame = parent.getLocalName().equals("Envelope") || parent.getLocalName().equals("Body");
      Element found = isFrame ? find(child, namespace, name) : null;
      if (found != null) return found;
    }
    return null;
  }
}
