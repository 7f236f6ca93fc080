# Svenska i Finland. Finskan är källspråket; ett test ser till att meddelanden och variabler är desamma.

## På varje sida

skip-link = Gå till innehållet
language-label = Språk
title-with-problems = Att rätta: { $title }
banner-simulated = Prov: allt är påhittat.
foot-line = ICTeko, städernas gemensamma enkät om digitala färdigheter i arbetet
sign-out = Logga ut
print = Skriv ut
problems-heading =
    { $count ->
        [one] En punkt behöver rättas
       *[other] { $count } punkter behöver rättas
    }

## Startsidan

start-title = Digitala färdigheter i arbetet
start-lead = Har du fått en svarskod på jobbet? Svara på enkäten, så ser du genast din egen profil och tre följande steg.
start-open-now = Öppet just nu: { $surveys }
start-answer = Svara på enkäten
start-return = Se ditt resultat igen eller ta bort dina svar med returkoden
start-promise-heading = Det här kan du lita på
start-promise-anonymous = Du svarar med en kod utan namn. När svaren har blandats kan ingen säga vilka som är dina.
start-promise-pause = Du kan göra paus och fortsätta med samma kod, också på en annan enhet.
start-promise-profile = Bara du ser din egen profil.
start-others-heading = För andra
start-handbook = Läs handboken
start-coordinator = Koordinatorns sidor

## Svarskod

code-title = Skriv in svarskoden
code-lead = Koden står på lappen eller i meddelandet som du fick på arbetsplatsen. Om du började via en länk skriver du din fortsättningskod här.
code-label = Svarskod
code-hint = 16 tecken i fyra grupper. Stora och små bokstäver går bra, och du kan lämna bort bindestrecken.
code-go = Fortsätt
code-empty = Skriv in koden som du fick på jobbet.
code-unknown = Koden hittades inte. Kontrollera tecknen eller be om en ny kod av den som delade ut den.
code-too-many-tries = Koden har prövats många gånger i rad. Vänta tio minuter och försök igen.
code-missing-heading = Har du ingen kod?
code-missing = Be din chef eller enhetens digiansvariga om en kod. Koden berättar inte vem du är.
code-return-heading = Har du redan skickat dina svar?

## Före frågorna

privacy-title = Innan du börjar
privacy-heading = Så här behandlas dina uppgifter
privacy-duty-heading = Vad staden själv sköter
privacy-duty = Det här programmet tar inte bort namn ur öppna svar och gör eller raderar inte säkerhetskopior eller serverns logg. Det som utlovas om dem ovan sköter staden. Fråga stadens dataskyddsombud om du vill veta hur.
privacy-time = Reservera ungefär { $minutes } minuter. Du kan ta paus.
privacy-time-until = Reservera ungefär { $minutes } minuter. Du kan ta paus. Enkäten är öppen till och med { $date }.
privacy-go = Fortsätt till frågorna
notice-mode-heading = Så svarar man på den här enkäten
notice-codes = Du svarar med en engångskod som du fick på arbetsplatsen. Koderna delas ut blandade, och det förs ingen lista över vem som fick vilken kod. När svaren har blandats kan ingen koppla dem till koden.
notice-open-link = Du svarar via en länk. Tjänsten känner inte dem som svarar, och ingen vet vem som öppnade länken.
notice-open-link-once = Svara bara en gång. Det går inte att övervaka när de som svarar är okända, och därför går antalet svarande inte riktigt att lita på i den här enkäten.
notice-open-link-code = När beskrivningen talar om en kod avses fortsättningskoden som du fick när du började. Inga koder delas ut på arbetsplatsen, och enheten framgår av länken eller av ditt val.
notice-return = När du har skickat svaren får du en returkod. Bara med den, inte med svarskoden, kan resultatet visas igen eller svaren tas bort tills resultaten har fastställts.

## Öppen länk

open-title = Öppen enkät
open-lead = Du behöver ingen kod. Tjänsten vet inte vem som öppnade länken.
open-once = Svara bara en gång. Tjänsten kan inte övervaka det, eftersom den inte känner dem som svarar.
open-unit = På vilken enhet arbetar du?
open-choose-unit = Välj enhet
open-no-unit = Välj den enhet där du arbetar.
open-go = Börja
open-resume = Har du redan börjat? Fortsätt med din fortsättningskod.
open-begun = På den här datorn eller telefonen finns en halvfärdig enkät.
open-begun-go = Fortsätt med den
open-code-title = Din fortsättningskod
open-code-why = Skriv upp koden. Om du avbryter fortsätter du med den där du slutade, också på en annan dator eller telefon.
open-code-only = Koden visas inte igen. Dina halvfärdiga svar krypteras med den, och tjänsten sparar den inte.
open-code-go = Fortsätt

## Returkod

return-own = En returkod bara för dig. Med den ser du profilen igen eller tar bort dina svar. Skriv upp den:
return-title = Tillbaka till dina skickade svar
return-lead = Du fick en returkod när du skickade dina svar. Koden gäller tills resultaten har fastställts.
return-label = Returkod
return-hint = 28 tecken i sju grupper. Stora och små bokstäver går bra, och bindestrecken får lämnas bort.
return-show = Visa mitt resultat
return-withdraw = Ta bort mina svar
return-empty = Skriv returkoden.
return-unknown = Inga svar hittades med koden. Kontrollera tecknen. Om de är rätt har svaren redan tagits bort eller resultaten fastställts.
return-lost-heading = Har du tappat bort koden?
return-lost = Ingen kan ge dig den på nytt eller leta upp dina svar, eftersom tjänsten inte vet vilka som är dina.
withdraw-title = Ska dina svar tas bort?
withdraw-gone = Alla svar som du har skickat tas bort genast och för gott. Ingen får veta vem som tog bort dem.
withdraw-not-again = Det går inte att svara på nytt med samma svarskod.
withdraw-published = Ur resultat som redan har räknats försvinner svaret inte. Där ingår det bara i en grupps siffror.
withdraw-go = Ta bort mina svar
withdraw-not = Ta inte bort
withdrawn-title = Dina svar har tagits bort
withdrawn-why = Tjänsten har inte längre några svar av dig, och returkoden öppnar ingenting.
withdrawn-next = Ur säkerhetskopiorna försvinner de senast när kopiornas förvaringstid går ut.

## Uppgift

position-title = Vilket arbete gör du?
position-lead = Din uppgift avgör vad vi frågar dig och vilket mål din profil jämförs med.
position-has-answers = Du har redan svarat på en del av frågorna. Om du byter uppgift kan några frågor bytas ut; svaren på de frågor som blir kvar finns kvar.
position-role = Uppgift
position-role-hint = Välj den som du gör mest. Om du är vikarie, välj uppgiften för den person som du vikarierar för.
position-duties = Tilläggsuppgifter
position-duties-hint = Välj alla som hör till ditt arbete. Du kan också lämna tomt.
position-employment = Är du vikarie?
position-employment-hint = Vikariernas enkät är kortare.
position-employment-none = Jag är inte vikarie
position-go = Fortsätt
position-no-role = Välj din uppgift. Om ingen passar, välj den närmaste.
position-unknown-role = Valet kändes inte igen. Välj en uppgift i listan.

## Frågorna

progress-answered = Besvarat { $figure }
progress-page = Sida { $number } / { $pages }
section-saved = Sparat. Du kan stänga sidan och fortsätta med samma kod.
section-unsaved = Ändringarna är inte sparade ännu. De sparas när du går vidare, tillbaka eller gör paus.
section-saves-on-leaving = Svaren sparas när du går vidare, tillbaka eller gör paus.
section-saves-at-once = Varje svar sparas genast när du ger det.
section-saving = Sparas…
section-offline = Ingen förbindelse till servern. Dina senaste svar finns bara i den här fliken. Du kan fortsätta svara: de sparas när förbindelsen är tillbaka. Stäng inte fliken.
section-stay = Du kan inte lämna sidan ännu, eftersom alla svar inte har kunnat sparas. Håll fliken öppen: nya försök görs hela tiden.
section-recovered = Förbindelsen är tillbaka. Alla dina svar är sparade.
section-refused = Något svar på den här sidan kan inte sparas som det är. Du ser orsaken när du går vidare.
keys-label = Svara med siffertangenterna
keys-hint = När en fråga är vald väljer tangenten 1 det första alternativet, 2 det andra och så vidare.
section-next = Nästa
section-to-review = Granska svaren
section-back = Tillbaka
section-back-to-position = Tillbaka till uppgiften
section-later = Spara och fortsätt senare
item-choose-any = Du kan välja flera.
item-choose-at-most = Välj högst { $most }.
item-text-hint = Högst { $most } tecken. Skriv inte namn eller annat som någon kan kännas igen på.
declined-dont-know = Kan inte säga
declined-not-my-work = Hör inte till mitt arbete
declined-prefer-not-to-say = Vill inte svara

## Att rätta i svaren

answer-other-release = Enkäten har bytts ut mot en nyare. Öppna den på nytt med din kod.
answer-unknown-position = Uppgiften kändes inte igen. Välj den på nytt.
answer-unknown-item = Den här frågan finns inte längre. Ladda om sidan.
answer-not-asked = Den här frågan ställs inte till dig. Ladda om sidan.
answer-takes-no-answer = Det här besvaras inte. Ladda om sidan.
answer-wrong-kind = Svaret kunde inte läsas. Svara på nytt.
answer-off-scale = Svaret kunde inte läsas. Välj ett av alternativen.
answer-not-an-option = Svaret kunde inte läsas. Välj ett av alternativen.
answer-too-many = Du valde för många. Ta bort något val.
answer-declined-not-offered = Svaret kunde inte läsas. Välj ett av alternativen.
answer-declined-and-answered = Välj antingen alternativ eller att inte svara, men inte båda.
answer-text-too-long = Texten är för lång. Förkorta den till högst { $most } tecken.
answer-control-character = Texten innehåller tecken som inte kan läsas. Skriv den på nytt.

## Granskning

review-title = Granska dina svar
review-complete = Du har besvarat alla frågor.
review-answered = Du har besvarat { $answered } frågor av sammanlagt { $all }.
review-empty-allowed = Du kan gå tillbaka till de tomma punkterna eller skicka svaren så här.
review-empty-heading =
    { $count ->
        [one] En punkt är tom
       *[other] { $count } punkter är tomma
    }
review-position = Din uppgift
review-position-label = Uppgift och tilläggsuppgifter
review-change = Ändra
review-no-answer = Inget svar
review-send-note = Skickade svar kan inte ändras. Du får en returkod som bara du har: med den kan du se ditt resultat igen eller ta bort dina svar.
review-send = Skicka svaren
review-refused = Rätta svaret: { $item }
review-try-again = Svaren kunde inte sparas just nu. Inget har försvunnit. Skicka på nytt om en stund.

## Egen profil

profile-title = Din egen profil
profile-about = Din egen skattning jämförs med målet för din uppgift: { $role }.
profile-proposals = Målen är förslag som staden ska besluta om.
profile-short-nothing = Det fanns för få svar för att jämföra din skattning med målet.
profile-short-all = Enligt din egen skattning når du målet på alla delområden.
profile-short-some =
    { $met ->
        [0] Enligt din egen skattning är det ännu en bit till målet på varje delområde, längst här: { $area } (avstånd { $distance }).
        [one] Enligt din egen skattning når du målet på ett delområde av { $all }. Längst är det här: { $area } (avstånd { $distance }).
       *[other] Enligt din egen skattning når du målet på { $met } delområden av { $all }. Längst är det här: { $area } (avstånd { $distance }).
    }
profile-receipt = Dina svar är sparade. Kvittonummer: { $receipt }
profile-save = Spara som fil
profile-file-name = min-profil.html
profile-saved-on = Sparad { $date }. Filen har bara du.
profile-competences-heading = Per kompetens
profile-competences-lead = Skattningen bygger ofta på ett enda svar, så dra inte för stora slutsatser av en enskild siffra.
profile-help-heading = Vem du kan fråga
profile-help-heading-city = Vem du kan fråga: { $city }
profile-help-none = Staden har inte ännu gett några kontaktuppgifter här. Fråga din chef eller enhetens digiansvariga vem som hjälper.
profile-help-trainings = Utbildning för dina steg
profile-figure-title = Egen skattning och uppgiftens mål per delområde
profile-figure-measure = Skala { $low }–{ $high }
profile-table-caption = Egen skattning och mål, skala { $low }–{ $high }
profile-no-score = ingen skattning
profile-no-target = inget mål
profile-next-heading = Tre följande steg
profile-in-words = Samma siffror i ord
profile-line-no-score = { $area }: för få svar.
profile-line-no-target = { $area }: egen skattning { $own }. Din uppgift har inget mål här.
profile-line-on-target = { $area }: egen skattning { $own }, mål { $target }. Du når målet.
profile-line-below = { $area }: egen skattning { $own }, mål { $target }. Avstånd till målet { $distance }.
profile-compare-heading = Jämför med en annan uppgift
profile-compare-lead = Se din egen skattning mot målen för en annan uppgift, till exempel om du funderar på ett nytt jobb.
profile-compare-choose = Uppgift att jämföra med
profile-limits-heading = Vad profilen inte berättar
profile-limits-self = Profilen är din egen skattning, inte ett prov eller ett intyg. Många skattar sig själva annorlunda än en kollega skulle göra.
profile-limits-work = En siffra visar inte allt du kan. Skattningen beskriver en vanlig arbetsvecka.
profile-limits-lead = Din chef ser inte det här om du inte själv visar det.
profile-code = Din jämförelsekod:
profile-code-heading = Jämförelsekod
profile-code-why = Den har bara dina skattningar och månaden. Efter nästa enkät visar den förändringen. Tjänsten sparar den inte.
profile-earlier-heading = Förändring sedan tidigare
profile-earlier-label = Jämförelsekoden i din tidigare profil
profile-earlier-hint = Koden finns i profilen som du sparade.
profile-earlier-go = Visa förändringen
profile-earlier-refused = Koden är inte en jämförelsekod för den här enkäten. Kontrollera tecknen i profilen som du sparade.
profile-earlier-then = Då ({ $month })
profile-earlier-now = Nu
profile-earlier-chance = En skattning varierar från dag till dag. Dra inte stora slutsatser av en förändring på under ett halvt steg.
profile-peers-heading = Din yrkesgrupp i nätverket: { $group }
profile-peers-lead = Gruppens egen skattning i enkäten { $wave }: medelvärde med 95 % konfidensintervall. Siffran beskriver gruppen, inte vad du borde kunna.
profile-peers-simulated = Siffrorna är påhittade.
profile-peers-mean = Gruppens skattning

## Tabellernas rubriker

column-area = Delområde
column-competence = Kompetens
column-change = Förändring
column-own = Egen skattning
column-target = Mål
column-distance = Avstånd
column-wave = Enkätomgång
column-survey = Enkät
column-state = Läge
column-opens = Börjar
column-closes = Slutar
column-unit = Enhet
column-staff = Personal
column-answered = Har svarat
column-interval = Konfidensintervall
column-n = Svar
column-gap = Kompetensgap
column-share = Andel
column-score = Självskattning
column-number = Tal
column-role-group = Uppgiftsgrupp
column-role = Uppgift
column-municipality = Stad
column-item = Påstående
column-level = Nivå

## Vad nu: för den som svarar

state-to-code = Skriv in koden
state-to-start = Till startsidan
state-used-title = Den här koden är redan använd
state-used-why = Koden fungerar en gång, och svaren har skickats med den.
state-used-next = Om du inte själv har svarat, be om en ny kod av den som delade ut koderna. Ingen kan koppla den här koden till dig.
state-closed-title = Enkäten är stängd
state-closed-why = Svar tas inte längre emot.
state-closed-why-since = Enkäten var öppen till och med { $date }, och svar tas inte längre emot.
state-closed-next = Staden berättar om resultaten för personalen. Du kan fråga din chef om dem.
state-not-open-title = Enkäten är inte öppen ännu
state-not-open-why = Enkäten har inte börjat.
state-not-open-why-until = Enkäten börjar { $date }.
state-not-open-next = Spara koden eller länken och kom tillbaka då.
state-no-draft-title = Öppna enkäten med din kod
state-no-draft-why = På den här enheten finns just nu ingen påbörjad enkät.
state-no-draft-next = Skriv in din kod, så fortsätter du där du blev. De sparade svaren finns kvar.
state-later-title = Dina svar är sparade
state-later-why = Du kan fortsätta med samma kod på den här eller en annan enhet.
state-later-why-until = Du kan fortsätta med samma kod på den här eller en annan enhet till och med { $date }.
state-later-next = Spara koden. Utan den går svaren inte att öppna, för de är krypterade med din kod.
state-conflict-title = Svaren har ändrats någon annanstans
state-conflict-why = Samma enkät är öppen i en annan flik eller på en annan enhet, och där sparades det nyss. Ändringarna på den här sidan sparades inte ovanpå.
state-conflict-next = Se vad som är sparat och fortsätt därifrån.
state-conflict-go = Se de sparade svaren
state-sent-title = Svaren är redan skickade
state-sent-why = De här svaren skickades tidigare och kan inte längre ändras.
state-sent-next = Du behöver inte göra något.

## Vad nu: för koordinatorn

state-link-used-title = Länken är redan använd
state-link-used-why = Inloggningslänken fungerar en gång.
state-link-expired-title = Länken fungerar inte längre
state-link-expired-why = Inloggningslänken gäller i 30 minuter.
state-signed-out-title = Du har loggat ut
state-signed-out-why = Ingen koordinator är längre inloggad på den här enheten.
state-sign-in-title = Logga in först
state-sign-in-why = Sidan är för koordinatorer, och du är inte inloggad.
state-link-next = Be den som sköter tjänsten om en ny engångslänk.

## Vad nu: för alla

state-too-large-title = Det som skickades var för stort
state-too-large-why = Formuläret innehöll mer text än vad som ryms.
state-too-large-next = Gå bakåt i webbläsaren och förkorta den längsta texten. De svar som sparats tidigare finns kvar.
state-unreadable-title = Det som skickades kunde inte läsas
state-unreadable-why = Formuläret kom inte fram helt.
state-unreadable-next = Gå bakåt i webbläsaren och skicka på nytt. De svar som sparats tidigare finns kvar.
state-unknown-field-why = Formuläret innehöll fältet ”{ $name }”, som inte finns på sidan. Ingenting sparades.
state-forbidden-title = Begäran godkändes inte
state-forbidden-why = Formuläret skickades från någon annanstans än den här webbplatsen, eller så var sidan för gammal.
state-forbidden-next = Öppna sidan på nytt och skicka formuläret därifrån.
state-too-many-title = Begärandena kom för tätt
state-too-many-why = Tjänsten begränsar antalet för att vara snabb för alla.
state-too-many-next = Vänta en minut och försök igen. De sparade svaren finns kvar.
state-busy-title = Tjänsten är upptagen en stund
state-busy-why = Just nu är det många som svarar, eller så startar tjänsten om.
state-busy-next = Vänta en halv minut och försök igen. De sparade svaren finns kvar.
state-busy-kept = Uppgifterna i formuläret finns på den här sidan. Ingenting har gått förlorat.
state-busy-again = Skicka på nytt
state-unexpected-title = Något gick fel
state-unexpected-why = Felet är vårt. Det är antecknat med koden { $id }.
state-unexpected-next = Försök igen om en stund. Om felet upprepas, berätta koden för den som delade ut svarskoderna. De sparade svaren finns kvar.
state-not-found-title = Sidan hittades inte
state-not-found-why = Det finns ingen sida på den här adressen.
state-not-found-next = Kontrollera adressen eller börja på startsidan.

## Koordinatorns inloggning

sign-in-title = Inloggning för koordinatorer
sign-in-lead = Öppna engångslänken som du har fått. Länken fungerar en gång och i 30 minuter.
sign-in-label = Inloggningskod
sign-in-hint = Koden kommer från länken av sig själv. Om fältet är tomt, kopiera hit slutet av länken efter tecknet #.
sign-in-go = Logga in
sign-in-empty = Kopiera hit slutet av länken efter tecknet #.
sign-in-refused = Länken är redan använd eller för gammal. Be den som sköter tjänsten om en ny.

## Koordinatorns startsida

crumb-home = Egna enkätomgångar
home-waves = Enkätomgångar
home-waves-caption = Enkätomgångar, den nyaste först
home-no-waves = Det finns inga enkätomgångar ännu. Skapa den första.
home-new-wave = Skapa en ny enkätomgång
home-register = Enheter och personal
home-register-empty = Inga enheter har importerats ännu. Den som sköter tjänsten importerar dem med kommandot icteko units import.
home-register-counts = { $units } enheter, { $staff } anställda.
home-handbook = Handboken
home-handbook-read = Läs den publicerade handboken
home-handbook-none = Handboken är inte publicerad ännu.

## Ny enkätomgång

new-wave-title = Ny enkätomgång
new-wave-lead = Välj enkät och datum. När omgången är skapad kan du skriva ut svarskoder.
new-wave-survey = Enkät
new-wave-id = Omgångens beteckning
new-wave-id-hint = Till exempel 2026-host. Små bokstäver a–z, siffror och bindestreck.
new-wave-opens = Första dagen
new-wave-closes = Sista dagen
new-wave-mode = Så svarar man
new-wave-mode-hint = Sättet kan inte ändras när omgången är gjord.
mode-codes = Svarskoder
mode-codes-about = Med svarskoder. Staden delar ut koderna, och varje kod gäller för ett svar.
mode-open-link = Öppen länk
mode-open-link-about = Med en öppen länk. Inga koder delas ut. Samma person kan svara flera gånger, så antalet svarande går inte riktigt att lita på. Passar för en snabbenkät.
new-wave-roles = Vem frågas
new-wave-roles-hint = Om du inte väljer något gäller enkäten alla uppgifter.
new-wave-units = I vilka enheter
new-wave-units-hint = Om du inte väljer något är alla enheter med.
new-wave-choose = Välj ({ $count })
new-wave-go = Skapa enkätomgången
new-wave-no-survey = Välj en enkät.
new-wave-bad-id = Skriv beteckningen med små bokstäver, siffror och bindestreck.
new-wave-exists = Det finns redan en omgång med den här beteckningen. Välj en annan.
new-wave-bad-opens = Ange första dagen.
new-wave-bad-closes = Ange sista dagen.
new-wave-closes-early = Sista dagen ska vara efter den första och i framtiden.
new-wave-bad-roles = En vald uppgift är okänd. Välj i listan.
new-wave-bad-units = En vald enhet är okänd. Välj i listan.
unit-kind-school = Skolor
unit-kind-ecec = Småbarnspedagogik
unit-kind-library = Bibliotek
unit-kind-youth = Ungdom, kultur och idrott
unit-kind-office = Förvaltning

## Enkätomgång

wave-draft = Inte öppen ännu
wave-open = Öppen
wave-closed = Stängd
wave-frozen = Resultaten fastställda
wave-made = Enkätomgången är skapad. Gör svarskoder som nästa steg.
wave-made-open-link = Omgången är gjord. Skicka nu länken till personalen.
wave-was-closed = Enkätomgången är stängd.
wave-codes-made = Koder gjorda
wave-codes-deleted = borttagna när resultaten fastställdes
wave-mode = Sätt att svara
wave-small-group = Det kom så få svar att blandningen skyddar dem sämre än vanligt. Hantera materialet därefter.
wave-open-link-counts = Via en öppen länk kan samma person svara flera gånger. Andelarna är därför bara riktgivande.
wave-links = Länkar
wave-links-lead = Skicka länken till personalen eller sätt upp den. Via stadens länk väljer man själv sin enhet.
wave-link-of-city = { $city }, alla enheter
wave-poster = Skriv ut affischen
wave-paper = Pappersblankett
wave-paper-lead = Skriv ut enkäten för dem som hellre svarar på papper. Blanketten är på det här språket, och varje arbetsuppgift har sin egen.
wave-paper-go = Öppna blanketten
wave-paper-entry = En återlämnad blankett matas in två gånger, helst av olika personer. Tjänsten visar skillnaderna, och svaren räknas först när de är avgjorda. Be att få blanketterna några dagar innan enkäten stängs. Den som matar in behöver bara blanketten och koden på den.
wave-paper-entry-open-link = En återlämnad blankett matas in två gånger, helst av olika personer. Tjänsten visar skillnaderna, och svaren räknas först när de är avgjorda. Be att få blanketterna några dagar innan enkäten stängs. Den första gången börjar via enkätens länk, som ger blanketten en kod.
wave-paper-entry-go = Mata in en blankett

## Pappersblankett

paper-title = Enkäten på papper: { $role }
paper-lead = Skriv ut blanketten på A4 och bifoga en egen svarskod till var och en. Återlämnade blanketter matas in två gånger med samma kod som man skulle svara med på webben och förstörs sedan.
paper-lead-open-link = Skriv ut blanketten på A4. Platsen för koden lämnas tom: den som matar in blanketten får koden via enkätens länk och skriver den på blanketten.
paper-until = Lämna in senast { $date }. Det tar ungefär { $minutes } minuter att svara.
paper-code = Svarskod:
paper-how = Kryssa i varje punkt för det som passar bäst. Du får hoppa över frågor.
paper-who-types = Någon på din enhet eller i staden matar in blanketten i tjänsten och ser då dina svar. Skriv inte ditt namn.
paper-envelope = Lämna in blanketten i ett slutet kuvert. Den egna profilen får du inte på papper; den syns bara när man svarar på webben.
paper-no-return = När blanketten har matats in går dina svar inte längre att ta bort, eftersom ingen vet vilka de är.
paper-typist = Den här blanketten matas in två gånger på adressen
wave-progress = Så här framskrider svarandet
wave-progress-caption = Andel som har svarat per enhet
wave-total = Alla enheter tillsammans: { $share }.
wave-counted = Räknat { $date }.
wave-rounded = Andelarna är avrundade till närmaste tio procent och uppdateras en gång per dag, så att ingens svar kan följas. Andelen visas inte för enheter med färre än 20 anställda.
wave-about = ungefär { $share }
wave-too-few = visas inte
wave-no-staff-number = antalet anställda saknas
wave-codes = Svarskoder
wave-codes-lead = Koderna visas bara en gång. Skriv ut dem genast och dela ut dem ur en blandad hög.
wave-how-many = Hur många koder
wave-how-many-hint = Lämna tomt för att göra så många koder som enhetens personal ännu saknar.
wave-unit-lacks = { $unit } ({ $count } koder saknas)
wave-codes-enough = Hela enhetens personal har redan koder. Skriv hur många om du behöver fler.
wave-local-address = Kodlapparna, affischerna och pappersblanketterna har nu adressen { $address }, och den fungerar bara på den här datorn. Be administratören skriva tjänstens riktiga adress i inställningen public_url i datamappens fil icteko.toml och starta om tjänsten innan du skriver ut något.
wave-make-codes = Gör koder
wave-code-count = Antalet koder går inte. Ange ett tal som är minst 1.
wave-code-unit = Enheten är okänd. Välj i listan.
wave-codes-closed = Enkätomgången är inte öppen, så inga koder kan göras.
wave-findings = Resultat
wave-release = Publicerade resultat { $number }
wave-no-findings = Inga resultat har publicerats ännu.
wave-closing = Stängning
wave-closes-itself = Enkäten stängs av sig själv { $date }.
wave-closes-by-hand = Den här omgången är påhittad för ett prov. Den stängs inte av sig själv på sin sista dag utan är öppen tills du stänger den.
wave-close = Stäng enkätomgången

## Stängning

close-title = Ska { $wave } stängas?
close-so-far = Har svarat hittills: { $share }.
close-no-more = Efter det kan ingen längre svara. En påbörjad enkät kan skickas ännu i 15 minuter.
close-mixed = Också de sista svaren blandas, och koderna lämnar inga spår i dem.
close-not-undone = En stängd omgång kan inte öppnas igen.
close-go = Stäng enkätomgången
close-not-yet = Håll öppen

## Koder

codes-title = Svarskoder: { $wave }
codes-once = Skriv ut eller spara dem nu. Koderna lagras inte och kan inte visas på nytt.
codes-shuffle = Klipp isär lapparna, blanda högen och låt var och en ta själv.
codes-no-list = För ingen lista över vem som fick vilken kod.
codes-print-hint = Sidan är gjord för A4-ark. Om knappen inte syns, skriv ut via webbläsarens meny.
codes-no-unit = Koder utan enhet
codes-count =
    { $count ->
        [one] 1 kod
       *[other] { $count } koder
    }
slip-until = Svara senast { $date }. Det tar ungefär { $minutes } minuter.

## Resultat

findings-title = Resultat { $number }: { $wave }
findings-self-rated = Siffrorna är svararnas egna skattningar, inte uppmätt kompetens.
findings-withheld-why = ”Visas inte” betyder att för få har svarat eller att siffran skulle avslöja en annan som måste döljas.
findings-contents = Tabeller på sidan
findings-of-cities = per stad
findings-of-network = hela nätverket
findings-of-units = per enhet
findings-response-rate = Svarsprocent
findings-area-mean = Självskattning per delområde
findings-area-gap = Kompetensgap per delområde
findings-area-below = Under målet
findings-area-quantile = Självskattningarnas spridning
findings-area-alpha = Delområdenas tillförlitlighet
findings-area-trend = Förändring mellan omgångarna
findings-item-distribution = Svarens fördelning per påstående
findings-scale = Skala { $low }–{ $high }.
findings-note-response-rate = Andelen som har svarat av dem som enkäten gällde.
findings-note-mean = Medelvärdet av svararnas självskattningar.
findings-note-gap = Mål minus självskattning. Ett tal med plustecken berättar hur långt det är till målet.
findings-note-below = Andelen svarare vars självskattning är under målet för uppgiften.
findings-note-quantile = Till exempel p25: en fjärdedel av svararna skattar sig högst på den här nivån.
findings-note-alpha = Cronbachs alfa: hur väl påståendena på ett delområde följs åt. Nära ett är bra.
findings-note-distribution = Varje svars andel av de givna svaren.
findings-all = Alla
findings-withheld = visas inte
findings-band-below = under stadens medelvärde
findings-band-near = nära stadens medelvärde
findings-band-above = över stadens medelvärde
findings-provenance = Varifrån siffrorna kommer
findings-program = Program
findings-dataset = Materialets beteckning
findings-job = Beräkningens beteckning
findings-rule = Skydd
findings-rule-text = exakta siffror för en enhet från minst { $unit } svar, för andra grupper från minst { $group }

## Inmatning av pappersblanketter

paper-entry-title = Mata in en pappersblankett
paper-entry-lead = Varje blankett matas in två gånger, helst av olika personer. Svaren räknas först när båda gångerna är lika.
paper-entry-language = Mata in på blankettens språk. Byt språk innan du skriver koden.
paper-entry-exactly = Mata in precis det som står på blanketten. Om kryss saknas eller är otydligt lämnar du punkten tom.
paper-entry-nobody = Tjänsten vet inte vem som fyllde i blanketten eller vem som matade in den.
paper-entry-go = Börja
paper-begun-online = Någon har redan börjat svara på webben med den här koden, så den duger inte för en blankett. Fortsätt på webben eller skriv en ny kod på blanketten.
paper-mark-first = Pappersblankett, första inmatningen
paper-mark-second = Pappersblankett, andra inmatningen
paper-review-first = Kontrollera den första inmatningen
paper-review-second = Båda inmatningarna är lika
paper-review-answered = Det finns svar på { $answered } punkter av { $all }.
paper-position = Arbetsuppgift
paper-first-note = Den andra inmatningen börjar från noll, och där syns inte svaren från den första.
paper-first-go = Första inmatningen är klar
paper-send-note = Svar som har skickats går inte att ändra eller ta bort, eftersom ingen längre vet vilka de är.
paper-send = Skicka blankettens svar
paper-first-kept-title = Den första inmatningen är sparad
paper-first-kept-lead = Ge blanketten till någon annan att mata in eller återkom till den själv senare. Den andra inmatningen börjar med samma kod.
paper-kept-until = Gör det senast { $date } och innan enkäten stängs. Därefter tas den första inmatningen bort.
paper-next = Nästa blankett
paper-differ-title = Inmatningarna skiljer sig
paper-differ-count =
    { $count ->
        [one] En punkt har matats in på två sätt.
       *[other] { $count } punkter har matats in på två sätt.
    }
paper-differ-lead = Se på blanketten vilken som är rätt. Om ingendera är det rättar du den andra inmatningen och återvänder sedan till kontrollen.
paper-differ-choose = Välj vilken som är rätt.
paper-differ-missed = Välj vilken som är rätt: { $item }
paper-differ-first = Första inmatningen: { $answer }
paper-differ-second = Andra inmatningen: { $answer }
paper-differ-neither = Ingendera är rätt
paper-differ-go = Fortsätt
paper-sent-title = Blanketten är inmatad
paper-sent-receipt = Svaren är sparade. Kvittonummer: { $receipt }
paper-sent-destroy = Förstör blanketten. Den ger ingen egen profil och ingen returkod.
open-paper = Jag matar in en pappersblankett
open-code-paper-title = Blankettens kod
open-code-paper-why = Skriv koden på blanketten vid ”Svarskod”. Blanketten matas in två gånger, och den andra gången börjar med den här koden.
open-code-paper-only = Koden visas inte igen. Om den försvinner måste blanketten matas in från början.

## Den öppna länkens affisch

poster-title = Affisch: { $place }
poster-lead = Skriv ut på A4 och sätt upp den. Byt språk så får du affischen på de andra språken också.
poster-how = Öppna telefonens kamera och rikta den mot figuren, eller skriv adressen i webbläsaren.
