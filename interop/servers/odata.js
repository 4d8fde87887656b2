// OData by simple-odata-server over nedb: node odata.js PORT ROWS, a file with an array
const fs = require('fs');
const http = require('http');
const Datastore = require('nedb');
const ODataServer = require('simple-odata-server');
const Adapter = require('simple-odata-server-nedb');

const [port, rows] = process.argv.slice(2);
const db = new Datastore({ inMemoryOnly: true });
db.insert(JSON.parse(fs.readFileSync(rows)).map((row) => ({ _id: String(row.id), ...row })));
const model = {
  namespace: 'shop',
  entityTypes: {
    Order: {
      _id: { type: 'Edm.String', key: true },
      id: { type: 'Edm.Int64' },
      customer: { type: 'Edm.String' },
      total: { type: 'Edm.Double' },
      paid: { type: 'Edm.Boolean' },
      placed_at: { type: 'Edm.String' },
      note: { type: 'Edm.String' },
    },
  },
  entitySets: { orders: { entityType: 'shop.Order' } },
};
const server = ODataServer('http://127.0.0.1:' + port).model(model).adapter(Adapter((set, cb) => cb(null, db)));
http.createServer(server.handle.bind(server)).listen(Number(port), '127.0.0.1');
