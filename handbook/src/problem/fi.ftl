# Ongelmat suomeksi: viesti ja ohje. Avaimet ovat ongelmien koodit ilman alkua `handbook::`.
syntax = tiedosto ei ole TOML-muotoa: { $message }
    .help = tarkista, että lainausmerkit ja hakasulkeet sulkeutuvat; tekstit kirjoitetaan lainausmerkkeihin, yksi `avain = arvo` riville
bad_field = tiedoston sisältö ei ole oikeanlainen: { $message }
    .help = tiedostojen avaimet on selitetty ohjeessa handbook/README.md
wrong_schema = skeeman versiota { $found } ei tunneta
    .help = tämä ohjelma lukee tiedostoja, joissa on `schema = 1`
missing_head = tiedoston alusta puuttuu otsake, joka kirjoitetaan kahden `+++`-rivin väliin
    .help = aloita rivillä `+++`, kirjoita sitten `id` ja `title` ja lopuksi `+++`
missing_file = tiedosto { $file } puuttuu
    .help = lisää tiedosto tai poista sen nimi tiedostosta handbook.toml
unlisted_file = tätä tiedostoa ei käytetä mihinkään
    .help = kirjan kohdat luetellaan tiedostossa handbook.toml; kaupungin omat tekstit kirjoitetaan tiedostoihin cities/<slug>/slots.<kieli>.toml ja cities/<slug>/<kieli>/<luku>/<kohta>.md
bad_value = `{ $value }` ei kelpaa tähän
    .help = kirjoita { $expected }
duplicate_id = tunnus `{ $id }` on kirjassa kahdesti
    .help = vaihda toinen niistä
missing_translation = käännös puuttuu ({ $lang }): { $file }
    .help = käännä suomenkielinen teksti ja merkitse kohtaan `of`, mikä teksti on käännetty: `of = "{ $digest }"`
stale_translation = suomenkielinen teksti on muuttunut käännöksen jälkeen
    .help = vertaa käännöstä suomenkieliseen tekstiin ja kirjoita sitten `of = "{ $digest }"`
differs_from_source = suomenkielisessä tiedostossa on tässä `{ $expected }`
    .help = `id`, `needs` ja `editions` ovat samat kaikilla kielillä
missing_city_text = tiedostosta { $file } puuttuu `{ $slot }`, jonka kaupunki on kirjoittanut jollakin muulla kielellä
    .help = kirjoita teksti kaikilla kielillä tai jätä se pois kaikista
missing_own_text = kaupunki ei ole kirjoittanut omaa tekstiä `{ $id }`
    .help = kirjoita se kaikilla kielillä; handbook.toml vaatii sen (`required`), eikä painosta julkaista ilman sitä
stale_override = yhteinen teksti on muuttunut sen jälkeen, kun kaupunki kirjoitti oman kohtansa
    .help = vertaa tekstejä toisiinsa ja kirjoita sitten `replaces = "{ $digest }"`
not_replaceable = kaupunki ei voi korvata kohtaa `{ $id }` omallaan
    .help = täytä sen tekstipaikat; omalla tekstillä voi korvata nämä kohdat: { $known }
hidden_text = kaupungin teksti `{ $slot }` ei näy missään, koska kaupungin oma kohta `{ $section }` ei käytä sitä
    .help = lisää omaan kohtaan `![](slot:{ $slot })` tai poista teksti kaupungin tekstipaikoista
other_figures = käännöksessä on eri lukuja tai viittauksia kuin suomenkielisessä tekstissä: { $difference }
    .help = käytä samoja lukuja, kuvioita, taulukoita, tekstipaikkoja ja viittauksia kuin suomenkielisessä tiedostossa
raw_html = tekstissä ei voi olla HTML-merkintöjä
    .help = kirjoita Markdownia; jos tarkoitat merkkiä `<`, kirjoita `\<`
heading_order = otsikon taso on { $found }, mutta vuorossa on { $expected }
    .help = kohdan nimi on otsakkeessa; tekstin otsikot alkavat merkinnällä `##` eikä tasoa voi jättää välistä
too_deep = luetteloita, lainauksia tai merkintöjä on sisäkkäin yli { $deepest } tasoa
    .help = kirjoita teksti tavallisiksi kappaleiksi
nested_slot = tekstipaikan sisällä on tekstipaikka
    .help = siirrä sisempi tekstipaikka siihen kohtaan, jossa ulompaa käytetään
bad_link = linkki `{ $target }` ei johda mihinkään
    .help = linkin alussa on `https:`, `mailto:` tai `ref:`
unknown_directive = merkintää `{ $scheme }:` ei ole
    .help = { $near }linkkeinä kirjoitetaan value:, ref:, term: ja cite:, kuvina chart:, table:, slot: ja list:
wrong_form = merkintä `{ $scheme }:` kirjoitetaan { $form }
    .help = { $example }
inline_figure = merkintä `{ $scheme }:` on keskellä lausetta
    .help = jätä tyhjä rivi sen eteen ja jälkeen
missing_alt = merkintä `{ $scheme }:` ei kerro, mitä on mitattu
    .help = kirjoita hakasulkeisiin, mitä on mitattu, keneltä ja millä asteikolla
missing_message = kuviolta puuttuu viesti
    .help = kirjoita loppuun lainausmerkkeihin, mitä kuvio kertoo: `![…](chart:… "Mitä kuvio kertoo")`
bad_parameter = `{ $text }` ei ole muotoa `nimi=arvo`
    .help = parametrit erotetaan pilkulla ilman välilyöntejä: `,area=safety,fmt=dec1`
repeated_parameter = parametri `{ $name }` on annettu kahdesti
    .help = poista toinen; useita arvoja voi yhdistää merkillä `+`
unknown_parameter = parametria `{ $name }` ei ole
    .help = { $near }tähän käyvät: { $known }
unknown_word = `{ $word }` ei kelpaa parametrin `{ $name }` arvoksi
    .help = { $near }valitse jokin näistä: { $known }
unknown_table = taulukkoa `{ $table }` ei ole
    .help = { $near }taulukot luetellaan ohjeessa docs/adr/0003-job-files.md
missing_finding = tuloksissa ei ole taulukkoa `{ $table }`
    .help = lisää tunnusluku analyysin työtiedostoon tai jätä kohta pois silloin, kun tulosta ei ole: `needs = ["{ $table }"]`
unknown_key = tuloksissa ei ole avainta `{ $key }` ulottuvuudessa `{ $dim }`
    .help = { $near }käytä tulostiedoston avaimia
missing_parameter = merkinnästä puuttuu `{ $dim }`
    .help = kerro, mikä: `,{ $dim }=…`
unsuitable_form = kuviomuoto `form={ $form }` ei sovi tähän: { $what }
    .help = { $help }
unknown_slot = tekstipaikkaa `{ $name }` ei ole
    .help = { $near }tekstipaikat ja niiden oletukset ovat tiedostossa content/fi/slots.toml
unknown_reference = kirjassa ei ole tunnusta `{ $id }`
    .help = { $near }viittaa luvun, kohdan tai kuvion tunnuksella
unknown_term = sanastossa ei ole sanaa `{ $id }`
    .help = { $near }sanat tunnuksineen ovat tiedostossa terms.toml
unknown_role = henkilöstöryhmää `{ $id }` ei ole luettelossa
    .help = { $near }henkilöstöryhmät ovat tiedostossa surveys/catalog/roles.toml
missing_card = henkilöstöryhmällä `{ $role }` ei ole korttia
    .help = lisää kolmikielinen kortti `[[card]]`, jossa on `role = "{ $role }"`
unknown_source = lähdettä `{ $key }` ei ole
    .help = { $near }lähteet avaimineen ovat tiedostossa sources.bib
uncited_source = lähteeseen `{ $key }` ei viitata missään
    .help = viittaa siihen väitteen kohdalla: `[…](cite:{ $key })`, tai poista lähde
bad_sources = tiedosto ei ole BibTeX-muotoa: { $message }
    .help = lähteen muoto on `@laji{"{"}avain, kenttä = {"{"}sanat{"}"}, …{"}"}`, ja kukin avain on tiedostossa vain kerran
duplicate_figure = kuvion tunnus `{ $id }` on painoksessa kahdesti
    .help = anna toiselle oma tunnus: `,id=…`
bad_findings = tiedosto ei ole tulostiedosto: { $message }
    .help = käytä tiedostoa, jonka `icteko analyse` kirjoitti julkaisua varten
unknown_city = kuntaa `{ $code }` ei ole luettelossa
    .help = lisää se tiedostoon surveys/catalog/municipalities.toml
repeated_findings = kohteesta { $population } on kaksi tulostiedostoa
    .help = anna kustakin kunnasta ja verkostosta yksi tiedosto, kaikki samasta julkaisusta
mixed_findings = saman painoksen tulostiedostoissa on eri { $what }: { $values }
    .help = ota kaikki tiedostot saman kierroksen samasta julkaisusta
no_findings = tulostiedostoja ei ole
    .help = painos tehdään tulosten pohjalta: suorita ensin `icteko analyse`
bad_edition = tähän painokseen ei voi verrata: { $message }
    .help = valitse painos, jonka `icteko handbook publish` on kirjoittanut ja jota ei ole sen jälkeen muutettu
nothing_to_correct = `{ $id }` korjaisi painosta `{ $before }`, jota ei ole julkaistu
    .help = julkaise uusi painos tunnuksella, jonka lopussa ei ole `.1`, tai korjaa sarjan uusin painos
missing_notice = korjauksesta puuttuu ilmoitus: tiedostoa { $file } ei ole
    .help = kirjoita siihen päivä `date`, mikä oli väärin (`fi`, `sv` ja `en`) ja mitä kuvioita ja kohtia korjaus koskee (`touches`)
already_there = painos `{ $id }` on jo olemassa, eikä julkaistua painosta koskaan kirjoiteta uudelleen
    .help = julkaise korjaus omana painoksenaan `{ $next }` tai anna uudelle painokselle toinen tunnus
not_written = tiedostoa ei voitu kirjoittaa: { $message }
    .help = mitään ei jäänyt puolitiehen; vapauta levytilaa tai anna kirjoitusoikeus ja yritä uudelleen
bad_edition_id = `{ $id }` ei kelpaa painoksen tunnukseksi
    .help = käytä merkkejä a–z, 0–9, yhdysmerkki ja piste, esimerkiksi `2026-syksy` tai `2026-syksy.1`
not_printable = { $message }
    .help = painettavassa kirjassa voi olla vain kirjasimen merkkejä, jokaisella kuvalla on oltava tekstivastine ja otsikoiden on oltava järjestyksessä
missing_word = tiedostossa locales/{ $lang }.ftl ei ole avainta `{ $key }`
    .help = lisää rivi `{ $key } = …`
unused_word = sanaa `{ $key }` ei käytetä missään
    .help = { $near }poista rivi tai korjaa avain
bad_words = tiedosto ei ole Fluent-muotoa: { $message }
    .help = kirjoita joka riville yksi `avain = sanat`
