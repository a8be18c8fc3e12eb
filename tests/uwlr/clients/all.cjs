// Drives both services with node-soap; a line for each thing done.
const soap = require("soap");
const given = JSON.parse(require("node:fs").readFileSync(process.argv[2]));
const pupil = process.argv[3];
const fields = ["autorisatiesleutel", "klantcode", "klantnaam"].map((name) => `<a:${name}>${given[name]}</a:${name}>`);
const header = `<a:autorisatie xmlns:a="http://www.edustandaard.nl/leerresultaten/2/autorisatie">${fields.join("")}</a:autorisatie>`;
const { schooljaar, brincode, dependancecode } = given;
const asked = { schooljaar, brincode, dependancecode, xsdversie: "2.2" };

async function client(wsdl) {
  const made = await soap.createClientAsync(wsdl);
  made.addSoapHeader(header);
  return made;
}

const call = (port, name, what) =>
  new Promise((done, failed) => port[name](what, (error, answer) => (error ? failed(error) : done(answer))));

(async () => {
  for (const which of ["?wsdl", "?singleWsdl"]) {
    const service = (await client(given.pupils + which)).LeerlinggegevensService;
    const all = service.prtLeerlinggegevensService;
    const staged = service["prtLeerlinggegevensService-getrapt"];
    const { leerlinggegevens } = await call(all, "HaalLeerlinggegevens", asked);
    console.log(`${leerlinggegevens.leerlingen.leerling.length} leerlingen`);
    const { "leerlinggegevens-structuur": structure } = await call(staged, "HaalStructuur", asked);
    console.log(structure.groepen.groep.length > 0 ? "structuur" : "");
    const groepen = { groep: [{ attributes: { key: "x" } }] };
    console.log(Object.keys(await call(staged, "HaalLeerlingen", { ...asked, groepen })).join());
    await call(all, "HaalLeerlinggegevens", { ...asked, brincode: "99ZZ" }).catch((error) =>
      console.log(error.root.Envelope.Body.Fault.faultcode),
    );
  }
  const attributes = { key: "node" };
  const resultaat = [{ attributes, afnamedatum: "2020-01-21", toetscode: "lezen-6", score: 57 }];
  await (await client(`${given.results}?wsdl`)).BrengLeerresultatenAsync({
    school: { schooljaar, brincode, dependancecode, aanmaakdatum: "2020-04-14T09:00:00", xsdversie: "2.2" },
    toetsafnames: { toetsafname: [{ leerlingid: pupil, resultaten: { resultaat } }] },
    toetsen: { toets: [{ toetscode: "lezen-6" }] },
  });
  console.log("gebracht");
})();
