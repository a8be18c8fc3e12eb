#!/usr/bin/env bash
# Makes the pictures of the handleiding with `esis screenshot`, on a database of its own: docs/plaatjes/maken.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ESIS_DATABASE_URL="sqlite:///$work/plaatjes.db"
esis() { uv run --quiet esis "$@" 2>/dev/null; }
shot() { local name=$1; shift; esis screenshot "$@" --yes --out "docs/plaatjes/$name.png"; }
code=99QQ001234567890abcd
iep="schoolbeheerder,tab,oefenen,f2"
school="f10,right,right,right,enter,enter"

esis reset
shot aanmelden Aanmelden
shot startpagina Startpagina
shot mijn-menu "Mijn Menu"
shot koppelingenoverzicht "Koppelingen"
shot koppeling-activeren "Koppelingen" --press "enter,R. Victor,tab,space,tab,$code"
shot koppeling-fout "Koppelingen" --press "enter,R. Victor,tab,space,tab,99QQO01234567890abcd,f2"
shot dashboard-leeg "Mijn groep" --as leerkracht6
esis coupling activate iep-lvs --name "R. Victor" --agree --code $code
shot koppeling "Koppelingen" --press "enter"
shot iep-resultaatkoppeling "IEP LVS" --press "$iep,$school,right,right,enter"
shot iep-instellen "IEP LVS" --press "$iep,$school,right,right,enter,enter,$code"
esis partner iep-lvs connect --code $code
shot schooltijd Schooltijd
esis clock advance --until morning
shot koppelingenlogboek "Koppelingen" --press "ctrl+p,koppelingenlogboek: iep,enter"
shot dashboard "Mijn groep" --as leerkracht6
shot leerling-lijn "Mijn groep" --as leerkracht6 --press "enter"
shot leerlingenadministratie "Leerlingenadministratie"
shot toetsen-activeren "Toetsen activeren"
shot import "Import"
shot leerling "Leerlingenadministratie" --press "1101,enter,3"
shot groepen-indelen "Groepen indelen" --press "space,space"
shot jaarovergang "Jaarovergang" --press "f2,f2"
shot jaarovergang-bevestigen "Jaarovergang" --press "f2,f2,f2,f2"
shot gebruiker "Gebruikers en rollen" --press "end,enter"
shot toetsoverzichten "Toetsoverzichten" --press "g,end,enter"
shot exporteren "Exporteren"
