# Ongelmat suomeksi: viesti ja ohje. Avaimet ovat ongelmien koodit ilman alkua `handbook::`.
syntax = tiedosto ei ole TOML-muotoa: { $message }
    .help = sulje lainausmerkit ja hakasulkeet; teksti on lainausmerkeissä, ja joka rivillä on yksi `avain = arvo`
bad_field = tiedosto ei ole niin kuin pitää: { $message }
    .help = tiedostojen avaimet on kuvattu ohjeessa handbook/README.md
wrong_schema = skeemaa { $found } ei tunneta
    .help = tämä ohjelma lukee tiedostoja, joissa on `schema = 1`
missing_head = tiedosto ei ala otsakkeella kahden `+++`-rivin välissä
    .help = aloita rivillä `+++`, kirjoita sitten `id` ja `title` ja lopuksi `+++`
missing_file = tiedosto { $file } puuttuu
    .help = lisää tiedosto tai poista sen nimi tiedostosta handbook.toml
unlisted_file = mikään ei lue tätä tiedostoa
    .help = kohdat nimetään tiedostossa handbook.toml; kaupungin tekstit ovat tiedostoissa cities/<slug>/slots.<kieli>.toml ja cities/<slug>/<kieli>/<luku>/<kohta>.md
bad_value = `{ $value }` ei kelpaa: tähän kuuluu { $expected }
    .help = kirjoita { $expected }
duplicate_id = tunnus `{ $id }` on kirjassa kahdesti
    .help = anna toiselle jokin muu tunnus
missing_translation = käännös puuttuu ({ $lang }): { $file }
    .help = käännä suomenkielinen teksti ja merkitse kohtaan `of`, mikä teksti on käännetty: `of = "{ $digest }"`
stale_translation = suomenkielinen teksti on muuttunut käännöksen jälkeen
    .help = vertaa käännöstä suomenkieliseen tekstiin ja kirjoita sitten `of = "{ $digest }"`
differs_from_source = lähteessä on tässä kohdassa `{ $expected }`
    .help = `id`, `needs` ja `editions` ovat samat joka kielessä
missing_city_text = tiedostossa { $file } ei ole tekstiä `{ $slot }`, jonka kaupunki on kirjoittanut toisella kielellä
    .help = kirjoita se joka kielellä tai jätä se pois kaikista
stale_override = yhteinen teksti on muuttunut sen jälkeen, kun kaupunki kirjoitti oman kohtansa
    .help = vertaa tekstejä toisiinsa ja kirjoita sitten `replaces = "{ $digest }"`
not_replaceable = kaupunki ei voi korvata kohtaa `{ $id }`
    .help = täytä sen tekstipaikat; kohdat, jotka voi korvata: { $known }
hidden_text = kaupungin teksti paikkaan `{ $slot }` ei näy missään: sen oma kohta `{ $section }` ei pyydä sitä
    .help = kirjoita omaan kohtaan `![](slot:{ $slot })` tai poista teksti tekstipaikkojen tiedostosta
other_figures = käännöksessä on muita lukuja kuin suomenkielisessä tekstissä: { $difference }
    .help = käytä samoja lukuja, kuvioita, taulukoita, tekstipaikkoja ja viittauksia kuin suomenkielisessä tiedostossa
raw_html = tekstissä ei voi olla HTML-merkintöjä
    .help = kirjoita Markdownia; jos tarkoitat merkkiä `<`, kirjoita `\<`
heading_order = otsikon taso on { $found }, mutta vuorossa on { $expected }
    .help = kohdan nimi on otsakkeessa; tekstin otsikot alkavat merkinnällä `##` eivätkä hyppää tason yli
too_deep = luetteloita, lainauksia tai merkintöjä on sisäkkäin yli { $deepest }
    .help = kirjoita teksti kappaleina
nested_slot = tekstipaikan sisällä on tekstipaikka
    .help = kirjoita teksti sinne, missä toista paikkaa pyydetään
bad_link = linkki `{ $target }` ei johda mihinkään
    .help = käytä linkissä alkua `https:`, `mailto:` tai `ref:`
unknown_directive = merkintää `{ $scheme }:` ei tunneta tässä
    .help = { $near }linkkeinä toimivat value:, ref:, term: ja cite:, kuvina chart:, table:, slot: ja list:
wrong_form = merkintä `{ $scheme }:` kirjoitetaan näin: { $form }
    .help = { $example }
inline_figure = { $scheme }: on kesken lauseen
    .help = jätä tyhjä rivi sen eteen ja jälkeen
missing_alt = { $scheme }: ei kerro, mitä mitataan
    .help = kirjoita hakasulkeisiin, mitä on mitattu, keneltä ja millä asteikolla
missing_message = kuviolla ei ole viestiä
    .help = kirjoita loppuun lainausmerkkeihin, mitä kuvio kertoo: `![…](chart:… "Mitä kuvio kertoo")`
bad_parameter = `{ $text }` ei ole muotoa `nimi=arvo`
    .help = parametrit erotetaan pilkulla ilman välilyöntejä: `,area=safety,fmt=dec1`
repeated_parameter = `{ $name }` on kahdesti
    .help = poista toinen; useat arvot yhdistetään merkillä `+`
unknown_parameter = parametria `{ $name }` ei ole
    .help = { $near }tässä tunnetaan: { $known }
unknown_word = `{ $word }` ei ole parametrin `{ $name }` arvo
    .help = { $near }valitse jokin näistä: { $known }
unknown_table = taulukkoa `{ $table }` ei ole
    .help = { $near }taulukot luetellaan ohjeessa docs/adr/0003-job-files.md
missing_finding = tuloksissa ei ole taulukkoa `{ $table }`
    .help = lisää tunnusluku analyysin työtiedostoon tai anna kohdan väistyä: `needs = ["{ $table }"]`
unknown_key = tuloksissa ei ole avainta `{ $key }` ulottuvuudessa `{ $dim }`
    .help = { $near }avaimet ovat tulostiedoston omat
missing_parameter = luku riippuu myös tästä: `{ $dim }`
    .help = kerro, mikä: `,{ $dim }=…`
unsuitable_form = kuviomuoto `form={ $form }` ei sovi tähän: { $what }
    .help = { $help }
unknown_slot = tekstipaikkaa `{ $name }` ei ole
    .help = { $near }tekstipaikat ja niiden oletukset ovat tiedostossa content/fi/slots.toml
unknown_reference = kirjassa ei ole tunnusta `{ $id }`
    .help = { $near }viittauksessa on luvun, kohdan tai kuvion tunnus
unknown_term = sanastossa ei ole sanaa `{ $id }`
    .help = { $near }sanat tunnuksineen ovat tiedostossa terms.toml
unknown_role = luettelossa ei ole henkilöstöryhmää `{ $id }`
    .help = { $near }henkilöstöryhmät ovat tiedostossa surveys/catalog/roles.toml
missing_card = henkilöstöryhmällä `{ $role }` ei ole korttia
    .help = lisää `[[card]]`, jossa on `role = "{ $role }"`, kolmella kielellä
unknown_source = lähdettä `{ $key }` ei ole
    .help = { $near }lähteet avaimineen ovat tiedostossa sources.bib
uncited_source = mikään kohta ei viittaa lähteeseen `{ $key }`
    .help = viittaa siihen väitteen kohdalla: `[…](cite:{ $key })`, tai poista lähde
bad_sources = tiedosto ei ole BibTeX-muotoa: { $message }
    .help = lähteen muoto on `@laji{"{"}avain, kenttä = {"{"}sanat{"}"}, …{"}"}`, ja jokainen avain on vain kerran
duplicate_figure = kuvion tunnus `{ $id }` on painoksessa kahdesti
    .help = anna toiselle oma tunnus: `,id=…`
bad_findings = tiedosto ei ole tulostiedosto: { $message }
    .help = käytä tiedostoa, jonka `icteko analyse` kirjoitti julkaisua varten
unknown_city = luettelossa ei ole kuntaa `{ $code }`
    .help = lisää se tiedostoon surveys/catalog/municipalities.toml
repeated_findings = kahdessa tulostiedostossa on sama kohde: { $population }
    .help = anna yhdestä julkaisusta yksi tiedosto kustakin kunnasta ja verkostosta
mixed_findings = saman painoksen tulostiedostoissa on eri { $what }: { $values }
    .help = ota kaikki tiedostot saman kierroksen samasta julkaisusta
no_findings = tulostiedostoa ei ole
    .help = painos tehdään tuloksista: aja ensin `icteko analyse`
bad_edition = tähän painokseen ei voi verrata: { $message }
    .help = nimeä painos, jonka `icteko handbook publish` kirjoitti ja jota ei ole muutettu
nothing_to_correct = `{ $id }` korjaisi painosta `{ $before }`, jota ei ole julkaistu
    .help = julkaise uusi painos tunnuksella, jonka lopussa ei ole `.1`, tai korjaa sarjan uusin painos
missing_notice = korjauksesta ei ole ilmoitusta: tiedosto { $file } puuttuu
    .help = kirjoita siihen päivä `date`, mikä oli väärin (`fi`, `sv` ja `en`) ja mitä kuvioita ja kohtia korjaus koskee (`touches`)
bad_edition_id = `{ $id }` ei kelpaa painoksen tunnukseksi
    .help = käytä merkkejä a–z, 0–9, yhdysmerkki ja piste, esimerkiksi `2026-syksy` tai `2026-syksy.1`
not_printable = { $message }
    .help = paperille menevässä kirjassa on vain kirjasimen merkkejä, jokaisella kuvalla on tekstivastine ja otsikot ovat järjestyksessä
missing_word = tiedostossa locales/{ $lang }.ftl ei ole avainta `{ $key }`
    .help = lisää rivi `{ $key } = …`
unused_word = mikään ei käytä sanaa `{ $key }`
    .help = { $near }poista rivi tai korjaa avain
bad_words = tiedosto ei ole Fluent-muotoa: { $message }
    .help = kirjoita joka riville yksi `avain = sanat`
