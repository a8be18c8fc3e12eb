<?php
// Drives both services with PHP's SoapClient; a line for each thing done.
[$given, $pupil] = [json_decode(file_get_contents($argv[1]), true), $argv[2]];

function client(string $wsdl): SoapClient
{
    global $given;
    $client = new SoapClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE]);
    $header = array_intersect_key($given, array_flip(['autorisatiesleutel', 'klantcode', 'klantnaam']));
    $client->__setSoapHeaders(new SoapHeader('http://www.edustandaard.nl/leerresultaten/2/autorisatie', 'autorisatie', $header));
    return $client;
}

$school = array_intersect_key($given, array_flip(['schooljaar', 'brincode', 'dependancecode'])) + ['xsdversie' => '2.2'];
foreach (['?wsdl', '?singleWsdl'] as $which) {
    $client = client($given['pupils'] . $which);
    echo count($client->HaalLeerlinggegevens($school)->leerlinggegevens->leerlingen->leerling), " leerlingen\n";
    echo count($client->HaalStructuur($school)->{'leerlinggegevens-structuur'}->groepen->groep) > 0 ? "structuur\n" : '';
    echo implode(',', array_keys((array) $client->HaalLeerlingen($school + ['groepen' => ['groep' => ['key' => 'x']]]))), "\n";
    try {
        $client->HaalLeerlinggegevens(['brincode' => '99ZZ'] + $school);
    } catch (SoapFault $fault) {
        echo $fault->faultcode, "\n";
    }
}
$result = ['key' => 'php', 'afnamedatum' => '2020-01-21', 'toetscode' => 'lezen-6', 'score' => 57];
client($given['results'] . '?wsdl')->BrengLeerresultaten([
    'school' => $school + ['aanmaakdatum' => '2020-04-14T09:00:00'],
    'toetsafnames' => ['toetsafname' => ['leerlingid' => $pupil, 'resultaten' => ['resultaat' => $result]]],
    'toetsen' => ['toets' => ['toetscode' => ['_' => 'lezen-6']]],
]);
echo "gebracht\n";
