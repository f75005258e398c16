import type { JsonValue } from '../../wsdl/index.ts';
import type { JsonSchema, SchemaObject } from '../schema/json-schema.ts';

/** OpenAPI 3.1 as far as it is made here; plain data. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: InfoObject;
  servers: ServerObject[];
  tags: TagObject[];
  security: SecurityRequirement[];
  paths: Record<string, PathItemObject>;
  components: ComponentsObject;
}

export interface InfoObject {
  title: string;
  version: string;
  description?: string;
  license?: { name: string; identifier?: string; url?: string };
  contact?: { name?: string; url?: string; email?: string };
}

export interface ServerObject {
  url: string;
  description?: string;
}

export interface TagObject {
  name: string;
  description: string;
}

export type SecurityRequirement = Record<string, string[]>;

export type PathItemObject = Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', OperationObject>>;

export interface OperationObject {
  operationId: string;
  summary: string;
  deprecated?: boolean;
  description?: string;
  tags: string[];
  security?: SecurityRequirement[];
  parameters?: (ParameterObject | Reference)[];
  requestBody?: RequestBodyObject;
  responses: Record<string, ResponseObject | Reference>;
}

export interface Reference {
  $ref: string;
}

export interface ParameterObject {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: SchemaObject;
  example?: JsonValue;
}

export interface RequestBodyObject {
  required: boolean;
  content: Record<string, MediaTypeObject>;
}

export interface MediaTypeObject {
  schema: JsonSchema;
  example?: JsonValue;
}

export interface ResponseObject {
  description: string;
  headers?: Record<string, HeaderObject | Reference>;
  content?: Record<string, MediaTypeObject>;
}

export interface HeaderObject {
  description: string;
  schema: SchemaObject;
}

export interface ComponentsObject {
  schemas: Record<string, SchemaObject>;
  responses: Record<string, ResponseObject>;
  parameters: Record<string, ParameterObject>;
  headers: Record<string, HeaderObject>;
  securitySchemes: Record<string, SecuritySchemeObject>;
}

export type SecuritySchemeObject =
  | { type: 'http'; scheme: 'bearer'; bearerFormat: 'JWT'; description: string }
  | { type: 'http'; scheme: 'dpop'; description: string }
  | { type: 'mutualTLS'; description: string };
