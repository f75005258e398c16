import assert from 'node:assert/strict';
import { decodeText } from '../../mocks/decode-text.ts';

const latin1 = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1');

describe('decodeText', () => {
  it('reads UTF-8 where nothing says otherwise', () => {
    assert.equal(decodeText(Buffer.from('<a>é</a>')), '<a>é</a>');
  });

  it('believes the XML declaration', () => {
    assert.match(decodeText(latin1), /<a>é<\/a>/);
  });

  it('believes the Content-Type before the XML declaration (RFC 7303, 3)', () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'utf8');
    assert.match(decodeText(bytes, 'UTF-8'), /<a>é<\/a>/);
  });

  it('believes a byte order mark before all else', () => {
    const bytes = Buffer.from('\ufeff<a>é</a>', 'utf16le');
    assert.equal(decodeText(bytes, 'utf-8'), '<a>é</a>');
  });

  it('reads on as UTF-8 where the label is unknown, so that the decoder can say so', () => {
    assert.equal(decodeText(Buffer.from('<a/>'), 'x-nonsense'), '<a/>');
  });
});
