import express from 'express';
import { takePart } from './take-part.ts';

const app = express();
app.get('/{*path}', (_request, response) => void response.json({ hello: 'world' }));
await takePart(app);
