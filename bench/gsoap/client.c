/* Reads one reply over and over as gSOAP's client does, from memory. Arguments: file, times. Prints microseconds of CPU for one. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "soapH.h"
#include "BankSoap.nsmap"

static char *load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(2);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc(1, size + 1);
  if (fread(text, 1, size, file) != (size_t)size) exit(2);
  fclose(file);
  return text;
}

static int receive(struct soap *soap, struct _ns1__ListTransactionsResponse *reply) {
  soap_default__ns1__ListTransactionsResponse(soap, reply);
  if (soap_begin_recv(soap) || soap_envelope_begin_in(soap) || soap_recv_header(soap) || soap_body_begin_in(soap))
    return soap->error;
  soap_get__ns1__ListTransactionsResponse(soap, reply, "ns1:ListTransactionsResponse", NULL);
  if (soap->error || soap_body_end_in(soap) || soap_envelope_end_in(soap)) return soap->error;
  return soap_end_recv(soap);
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  const char *text = load(arguments[1]);
  int times = atoi(arguments[2]), rows = atoi(arguments[3]);
  struct soap *soap = soap_new1(SOAP_XML_STRICT);
  clock_t start = clock();
  for (int i = 0; i < times; i++) {
    struct _ns1__ListTransactionsResponse reply;
    soap->is = text;
    if (receive(soap, &reply) || reply.__sizeTransaction != rows) {
      soap_print_fault(soap, stderr);
      return 1;
    }
    soap_destroy(soap);
    soap_end(soap);
  }
  printf("%.3f\n", (double)(clock() - start) / CLOCKS_PER_SEC * 1e6 / times);
  return 0;
}
