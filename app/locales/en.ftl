# English. Finnish is the source; a test holds that messages and variables are the same.

## On every page

skip-link = Skip to content
language-label = Language
title-with-problems = To put right: { $title }
banner-simulated = Trial: everything here is invented.
foot-line = ICTeko, the cities’ shared survey of digital readiness at work
sign-out = Sign out
print = Print
problems-heading =
    { $count ->
        [one] One thing needs putting right
       *[other] { $count } things need putting right
    }

## First page

start-title = Digital readiness at work
start-lead = Did you get a response code at work? Answer the survey and see your own profile and three next steps at once.
start-open-now = Open now: { $surveys }
start-answer = Answer the survey
start-return = See your result again or withdraw your answers with a return code
start-promise-heading = What you can count on
start-promise-anonymous = You answer with a code and without a name. Once the answers are mixed, nobody can say which ones are yours.
start-promise-pause = You can stop and continue with the same code, also on another device.
start-promise-profile = Only you see your own profile.
start-others-heading = For others
start-handbook = Read the handbook
start-coordinator = Coordinator’s pages

## Response code

code-title = Type your response code
code-lead = The code is on the slip or in the message that you got at work. If you began with a link, type your resume code here.
code-label = Response code
code-hint = 16 characters in four groups. Capitals and small letters both work, and you can leave out the hyphens.
code-go = Continue
code-empty = Type the code you got at work.
code-unknown = The code was not found. Check the characters, or ask for a new code from the person who handed them out.
code-too-many-tries = The code has been tried many times in a row. Wait ten minutes and try again.
code-missing-heading = No code?
code-missing = Ask your manager or your unit’s digital contact for a code. The code does not tell who you are.
code-return-heading = Have you already sent your answers?

## Before the questions

privacy-title = Before you begin
privacy-heading = How your data are handled
privacy-duty-heading = What the city does itself
privacy-duty = This program does not remove names from open answers, and it does not make or delete backups or the server’s log. What is promised about them above is done by the city. If you want to know how, ask the city’s data protection officer.
privacy-time = Set aside about { $minutes } minutes. You can take breaks.
privacy-time-until = Set aside about { $minutes } minutes. You can take breaks. The survey is open until { $date }.
privacy-go = Continue to the questions
notice-mode-heading = How this survey is answered
notice-codes = You answer with a single-use code that you got at work. The codes are handed out shuffled, and nobody keeps a list of who got which code. Once answers are mixed, nobody can connect them with the code.
notice-open-link = You answer through a link. The service does not know who answers, and nobody knows who opened the link.
notice-open-link-once = Please answer only once. Nobody can check that without knowing who answers, so the number of answers is not relied on much in this survey.
notice-open-link-code = Where the notice speaks of a code, it means the resume code that you got when you began. No codes are handed out at work, and your unit comes from the link or your choice.
notice-return = After sending you get a return code. With it alone, not with the answer code, your result can be seen again or your answers withdrawn until the results are confirmed.

## Open link

open-title = Open survey
open-lead = You need no code. The service does not know who opened the link.
open-once = Please answer only once. The service cannot check that, because it does not know who answers.
open-unit = In which unit do you work?
open-choose-unit = Choose a unit
open-no-unit = Choose the unit in which you work.
open-go = Begin
open-resume = Have you begun already? Go on with your resume code.
open-begun = There is an unfinished survey on this device.
open-begun-go = Go on with it
open-code-title = Your resume code
open-code-why = Write the code down. If you stop, it takes you back to where you were, on another device too.
open-code-only = The code is not shown again. Your unfinished answers are encrypted with it, and the service does not keep it.
open-code-go = Go on

## Return code

return-own = A return code for you alone. With it you see the profile again or withdraw your answers. Write it down:
return-title = Back to the answers you sent
return-lead = You got a return code when you sent your answers. It works until the results are confirmed.
return-label = Return code
return-hint = 28 characters in seven groups. Capital and small letters will do, and hyphens may be left out.
return-show = Show my result
return-withdraw = Withdraw my answers
return-empty = Type the return code.
return-unknown = No answers were found with this code. Check the characters. If they are right, the answers have been withdrawn or the results are confirmed.
return-lost-heading = Have you lost the code?
return-lost = Nobody can give it to you again or look for your answers, because the service does not know which ones are yours.
withdraw-title = Withdraw your answers?
withdraw-gone = All answers that you sent are deleted at once and for good. Nobody learns who withdrew them.
withdraw-not-again = You cannot answer again with the same answer code.
withdraw-published = Your answers do not leave results that have been calculated already. There they are only part of a group’s figures.
withdraw-go = Withdraw my answers
withdraw-not = Do not withdraw
withdrawn-title = Your answers are gone
withdrawn-why = The service has no answers of yours any more, and the return code opens nothing.
withdrawn-next = They disappear from backups when the time for which backups are kept has passed, at the latest.

## Work

position-title = What work do you do?
position-lead = Your role decides what you are asked and which target your profile is compared with.
position-has-answers = You have already answered some of the questions. If you change your role, some questions may change; your answers stay for those that remain.
position-role = Role
position-role-hint = Choose the one you do most. If you are a substitute, choose the role of the person you stand in for.
position-duties = Further duties
position-duties-hint = Choose all that belong to your work. You can also leave this empty.
position-employment = Are you a substitute?
position-employment-hint = The survey for substitutes is shorter.
position-employment-none = I am not a substitute
position-go = Continue
position-no-role = Choose your role. If none fits, choose the closest.
position-unknown-role = The choice was not recognised. Choose a role from the list.

## Questions

progress-answered = Answered { $figure }
progress-page = Page { $number } / { $pages }
section-saved = Saved. You can close the page and continue with the same code.
section-unsaved = Your changes are not saved yet. They are saved when you go on, go back or stop.
section-saves-on-leaving = Your answers are saved when you go on, go back or stop.
section-saves-at-once = Each answer is saved as soon as you give it.
section-saving = Saving…
section-offline = No connection to the server. Your latest answers are only in this tab. You can go on answering: they are saved when the connection is back. Do not close the tab.
section-stay = You cannot leave this page yet, because not all answers could be saved. Keep the tab open: saving is tried again all the time.
section-recovered = The connection is back. All your answers are saved.
section-refused = An answer on this page cannot be saved as it is. You will see why when you go on.
keys-label = Answer with number keys
keys-hint = When a question has the focus, key 1 chooses the first option, 2 the second, and so on.
section-next = Next
section-to-review = Check your answers
section-back = Back
section-back-to-position = Back to your role
section-later = Save and continue later
item-choose-any = You can choose several.
item-choose-at-most = Choose { $most } at most.
item-text-hint = At most { $most } characters. Do not write names or anything else somebody could be recognised by.
declined-dont-know = Don’t know
declined-not-my-work = Not part of my work
declined-prefer-not-to-say = Prefer not to say

## To put right in answers

answer-other-release = The survey has been replaced by a newer one. Open it again with your code.
answer-unknown-position = The role was not recognised. Choose it again.
answer-unknown-item = This question no longer exists. Reload the page.
answer-not-asked = You are not asked this question. Reload the page.
answer-takes-no-answer = This takes no answer. Reload the page.
answer-wrong-kind = The answer could not be read. Answer again.
answer-off-scale = The answer could not be read. Choose one of the options.
answer-not-an-option = The answer could not be read. Choose one of the options.
answer-too-many = You chose too many. Remove one of them.
answer-declined-not-offered = The answer could not be read. Choose one of the options.
answer-declined-and-answered = Choose either options or not to answer, not both.
answer-text-too-long = The text is too long. Shorten it to { $most } characters at most.
answer-control-character = The text holds characters that cannot be read. Type it again.

## Review

review-title = Check your answers
review-complete = You have answered every question.
review-answered = You have answered { $answered } of { $all } questions.
review-empty-allowed = You can go back to the empty ones or send your answers as they are.
review-empty-heading =
    { $count ->
        [one] One question is empty
       *[other] { $count } questions are empty
    }
review-position = Your work
review-position-label = Role and duties
review-change = Change
review-no-answer = No answer
review-send-note = Answers cannot be changed once sent. You get a return code with which you alone can see your result again or withdraw your answers.
review-send = Send answers
review-refused = Put this answer right: { $item }
review-try-again = Your answers could not be stored just now. Nothing is lost. Send again in a moment.

## Own profile

profile-title = Your own profile
profile-about = Your own rating is compared with the target for your work: { $role }.
profile-proposals = The target levels are proposals that the city has yet to decide.
profile-short-nothing = There were too few answers to compare your own rating with the target.
profile-short-all = By your own rating you are on target in every area.
profile-short-some =
    { $met ->
        [0] By your own rating every area is still some way from its target, most of all { $area } (distance { $distance }).
        [one] By your own rating you are on target in one area of { $all }. The longest way is in { $area } (distance { $distance }).
       *[other] By your own rating you are on target in { $met } areas of { $all }. The longest way is in { $area } (distance { $distance }).
    }
profile-receipt = Your answers are saved. Receipt number: { $receipt }
profile-save = Save as a file
profile-file-name = my-profile.html
profile-saved-on = Saved on { $date }. Only you have this file.
profile-competences-heading = By competence
profile-competences-lead = The rating often rests on a single answer, so do not read much into one figure.
profile-help-heading = Whom you can ask
profile-help-heading-city = Whom you can ask: { $city }
profile-help-none = The city has not given any contacts here yet. Ask your manager or your unit’s digital contact who helps.
profile-help-trainings = Training for your steps
profile-figure-title = Own rating and the target of the work by area
profile-figure-measure = Scale { $low }–{ $high }
profile-table-caption = Own rating and target, scale { $low }–{ $high }
profile-no-score = no rating
profile-no-target = no target
profile-next-heading = Three next steps
profile-in-words = The same figures in words
profile-line-no-score = { $area }: too few answers.
profile-line-no-target = { $area }: own rating { $own }. No target is set for your work.
profile-line-on-target = { $area }: own rating { $own }, target { $target }. You are on target.
profile-line-below = { $area }: own rating { $own }, target { $target }. Distance to the target { $distance }.
profile-compare-heading = Compare with other work
profile-compare-lead = See your own rating against the targets of another role, for example if you are thinking of a new job.
profile-compare-choose = Role to compare with
profile-limits-heading = What the profile does not tell
profile-limits-self = The profile is your own rating, not a test or a certificate. Many people rate themselves differently from how a colleague would.
profile-limits-work = One figure does not show everything you can do. The rating describes an ordinary week at work.
profile-limits-lead = Your manager does not see this unless you show it.
profile-code = Your comparison code:
profile-code-heading = Comparison code
profile-code-why = It holds only your ratings and the month. After the next survey it shows the change. The service does not keep it.
profile-earlier-heading = Change since earlier
profile-earlier-label = Comparison code of your earlier profile
profile-earlier-hint = The code is in the profile you saved.
profile-earlier-go = Show the change
profile-earlier-refused = This is not a comparison code of this survey. Check the characters in the profile you saved.
profile-earlier-then = Then ({ $month })
profile-earlier-now = Now
profile-earlier-chance = A rating varies from day to day. Do not read much into a change of less than half a step.
profile-peers-heading = Your role group in the network: { $group }
profile-peers-lead = The group’s own rating in the survey { $wave }: mean with its 95% confidence interval. The figure is about the group, not about what you should be able to do.
profile-peers-simulated = The figures are invented.
profile-peers-mean = Group’s rating

## Headings of tables

column-area = Area
column-competence = Competence
column-change = Change
column-own = Own rating
column-target = Target
column-distance = Distance
column-wave = Wave
column-survey = Survey
column-state = State
column-opens = Opens
column-closes = Closes
column-unit = Unit
column-staff = Staff
column-answered = Answered
column-interval = Confidence interval
column-n = Answers
column-gap = Competence gap
column-share = Share
column-score = Self-rating
column-number = Figure
column-role-group = Role group
column-role = Role
column-municipality = City
column-item = Statement
column-level = Level

## What now: respondent

state-to-code = Type the code
state-to-start = To the first page
state-used-title = This code has been used
state-used-why = A code works once, and answers have been sent with it.
state-used-next = If you have not answered yourself, ask for a new code from the person who handed them out. Nobody can link this code to you.
state-closed-title = The survey is closed
state-closed-why = Answers are no longer taken.
state-closed-why-since = The survey was open until { $date }, and answers are no longer taken.
state-closed-next = The city tells its staff about the findings. You can ask your manager about them.
state-not-open-title = The survey is not open yet
state-not-open-why = The survey has not begun.
state-not-open-why-until = The survey begins on { $date }.
state-not-open-next = Keep the code or the link and come back then.
state-no-draft-title = Open the survey with your code
state-no-draft-why = There is no unfinished survey on this device now.
state-no-draft-next = Type your code to go on from where you stopped. Saved answers are safe.
state-later-title = Your answers are saved
state-later-why = You can continue with the same code on this or another device.
state-later-why-until = You can continue with the same code on this or another device until { $date }.
state-later-next = Keep the code. Without it the answers cannot be opened, since they are encrypted with your code.
state-conflict-title = The answers were changed elsewhere
state-conflict-why = The same survey is open in another tab or device and was saved there a moment ago. The changes of this page were not saved over it.
state-conflict-next = See what is saved and go on from there.
state-conflict-go = See the saved answers
state-sent-title = The answers have already been sent
state-sent-why = These answers were sent earlier and can no longer be changed.
state-sent-next = You need not do anything.

## What now: coordinator

state-link-used-title = The link has been used
state-link-used-why = A sign-in link works once.
state-link-expired-title = The link no longer works
state-link-expired-why = A sign-in link is valid for 30 minutes.
state-signed-out-title = You have signed out
state-signed-out-why = No coordinator is signed in on this device any more.
state-sign-in-title = Sign in first
state-sign-in-why = The page is for coordinators, and you are not signed in.
state-link-next = Ask the operator of the service for a new one-time link.

## What now: everybody

state-too-large-title = What was sent is too large
state-too-large-why = The form held more text than fits.
state-too-large-next = Go back in your browser and shorten the longest text. Answers saved earlier are safe.
state-unreadable-title = What was sent could not be read
state-unreadable-why = The form did not arrive whole.
state-unreadable-next = Go back in your browser and send it again. Answers saved earlier are safe.
state-unknown-field-why = The form held the field “{ $name }”, which this page does not have. Nothing was saved.
state-forbidden-title = The request was refused
state-forbidden-why = The form was sent from somewhere other than this site, or the page was out of date.
state-forbidden-next = Open the page again and send the form from there.
state-too-many-title = Requests came too quickly
state-too-many-why = The service limits requests so that it stays quick for everybody.
state-too-many-next = Wait a minute and try again. Saved answers are safe.
state-busy-title = The service is busy for a moment
state-busy-why = Many people are answering just now, or the service is restarting.
state-busy-next = Wait half a minute and try again. Saved answers are safe.
state-busy-kept = What you filled in is on this page. Nothing is lost.
state-busy-again = Send again
state-unexpected-title = Something went wrong
state-unexpected-why = The fault is ours. It is logged with the id { $id }.
state-unexpected-next = Try again in a moment. If it happens again, tell the id to the person who handed out the codes. Saved answers are safe.
state-not-found-title = Page not found
state-not-found-why = There is no page at this address.
state-not-found-next = Check the address or begin at the first page.

## Coordinator’s sign-in

sign-in-title = Coordinator’s sign-in
sign-in-lead = Open the one-time link you were given. It works once and for 30 minutes.
sign-in-label = Sign-in token
sign-in-hint = The token comes from the link by itself. If the field is empty, copy the end of the link after the # sign into it.
sign-in-go = Sign in
sign-in-empty = Copy the end of the link after the # sign here.
sign-in-refused = The link has been used or is too old. Ask the operator for a new one.

## Coordinator’s home

crumb-home = Your waves
home-waves = Waves
home-waves-caption = Waves, the newest first
home-no-waves = There are no waves yet. Make the first one.
home-new-wave = Make a new wave
home-register = Units and staff
home-register-empty = No units have been imported yet. The operator imports them with the command icteko units import.
home-register-counts = { $units } units, { $staff } staff.
home-handbook = Handbook
home-handbook-read = Read the published handbook
home-handbook-none = The handbook has not been published yet.

## New wave

new-wave-title = New wave
new-wave-lead = Choose the survey and the dates. Once the wave is made, you can print response codes.
new-wave-survey = Survey
new-wave-id = Id of the wave
new-wave-id-hint = For example 2026-autumn. Small letters a–z, digits and hyphens.
new-wave-opens = First day
new-wave-closes = Last day
new-wave-mode = How people answer
new-wave-mode-hint = This cannot be changed once the wave is made.
mode-codes = Answer codes
mode-codes-about = With answer codes. The city hands them out, and each code holds for one answer.
mode-open-link = Open link
mode-open-link-about = With an open link. No codes are handed out. The same person can answer several times, so the number of answers says little. Fits a quick survey.
new-wave-roles = Who is asked
new-wave-roles-hint = If you choose none, the survey is for every role.
new-wave-units = In which units
new-wave-units-hint = If you choose none, every unit takes part.
new-wave-choose = Choose ({ $count })
new-wave-go = Make the wave
new-wave-no-survey = Choose a survey.
new-wave-bad-id = Write the id in small letters, digits and hyphens.
new-wave-exists = There is already a wave with this id. Choose another.
new-wave-bad-opens = Give the first day.
new-wave-bad-closes = Give the last day.
new-wave-closes-early = The last day must be after the first and in the future.
new-wave-bad-roles = A chosen role is not known. Choose from the list.
new-wave-bad-units = A chosen unit is not known. Choose from the list.
unit-kind-school = Schools
unit-kind-ecec = Early childhood education
unit-kind-library = Libraries
unit-kind-youth = Youth, culture and sport
unit-kind-office = Administration

## Wave

wave-draft = Not open yet
wave-open = Open
wave-closed = Closed
wave-frozen = Findings confirmed
wave-made = The wave is made. Make response codes next.
wave-made-open-link = The wave is made. Next, send the link to the staff.
wave-was-closed = The wave is closed.
wave-codes-made = Codes made
wave-codes-deleted = deleted when the results were confirmed
wave-mode = Way of answering
wave-small-group = So few answers came that mixing protects them less than usual. Handle the data accordingly.
wave-open-link-counts = Over an open link the same person can answer several times. The shares are therefore only a rough guide.
wave-links = Links
wave-links-lead = Send the link to the staff or put it up. Over the city’s link people choose their unit themselves.
wave-link-of-city = { $city }, all units
wave-poster = Print the poster
wave-paper = Paper form
wave-paper-lead = Print the survey for those who would rather answer on paper. The form is in this language, and each job has its own.
wave-paper-go = Open the form
wave-paper-entry = A form that comes back is typed in twice, preferably by two people. The service shows the differences, and the answers count only when they are settled. Ask for the forms a few days before the survey closes. Whoever types needs only the form and the code on it.
wave-paper-entry-open-link = A form that comes back is typed in twice, preferably by two people. The service shows the differences, and the answers count only when they are settled. Ask for the forms a few days before the survey closes. The first time begins over the survey’s link, which gives the form a code.
wave-paper-entry-go = Type in a form

## Paper form

paper-title = The survey on paper: { $role }
paper-lead = Print the form on A4 and attach an answer code of its own to each. Forms that come back are typed in twice with the same code one would use online, and are then destroyed.
paper-lead-open-link = Print the form on A4. Leave the place for the code empty: whoever types the form gets a code over the survey’s link and writes it on the form.
paper-until = Hand in by { $date }. Answering takes about { $minutes } minutes.
paper-code = Answer code:
paper-how = Tick what fits best in each question. You may skip questions.
paper-who-types = Somebody in your unit or city types the form into the service and then sees your answers. Do not write your name.
paper-envelope = Hand the form in in a sealed envelope. You do not get your own profile on paper; only those who answer online see it.
paper-no-return = Once the form has been typed in, your answers cannot be removed, because nobody knows which they are.
paper-typist = This form is typed in twice at
wave-progress = How answering is going
wave-progress-caption = Share of staff who have answered, by unit
wave-total = All units together: { $share }.
wave-counted = Counted on { $date }.
wave-rounded = Shares are rounded to the nearest ten per cent and refreshed once a day, so that nobody’s answering can be watched. No share is shown for units with fewer than 20 staff.
wave-about = about { $share }
wave-too-few = not shown
wave-no-staff-number = number of staff missing
wave-codes = Response codes
wave-codes-lead = Codes are shown only once. Print them at once and hand them out from a shuffled pile.
wave-how-many = How many codes
wave-how-many-hint = Leave this empty to make as many codes as the unit has staff without one.
wave-unit-lacks = { $unit } (lacks { $count })
wave-codes-enough = Codes have been made for all staff of the unit. If you need more, write how many.
wave-local-address = Slips, posters and paper forms carry the address { $address } now, and it works on this computer alone. Before you print anything, ask whoever runs the service to write its real address into the setting public_url in icteko.toml of the data folder and to start the service again.
wave-make-codes = Make codes
wave-code-count = That number of codes does not work. Give a number of at least 1.
wave-code-unit = The unit is not known. Choose from the list.
wave-codes-closed = The wave is not open, so no codes can be made.
wave-findings = Findings
wave-release = Released findings { $number }
wave-no-findings = No findings have been released yet.
wave-closing = Closing
wave-closes-itself = The survey closes by itself on { $date }.
wave-closes-by-hand = This wave is invented for a trial. It does not close by itself on its last day; it stays open until you close it.
wave-close = Close the wave

## Closing

close-title = Close { $wave }?
close-so-far = Answered so far: { $share }.
close-no-more = After that nobody can answer any more. A survey already begun can still be sent for 15 minutes.
close-mixed = The last answers are mixed too, and the codes leave no trace in them.
close-not-undone = A closed wave cannot be opened again.
close-go = Close the wave
close-not-yet = Keep it open

## Codes

codes-title = Response codes: { $wave }
codes-once = Print or save these now. Codes are not stored and cannot be shown again.
codes-shuffle = Cut the slips apart, shuffle the pile and let everybody take their own.
codes-no-list = Do not keep a list of who got which code.
codes-print-hint = The page is made for A4 sheets. If you see no button, print from the browser’s menu.
codes-no-unit = Codes without a unit
codes-count =
    { $count ->
        [one] 1 code
       *[other] { $count } codes
    }
slip-until = Answer by { $date }. It takes about { $minutes } minutes.

## Findings

findings-title = Findings { $number }: { $wave }
findings-self-rated = The figures are the respondents’ own ratings, not measured competence.
findings-withheld-why = “Not shown” means that too few people answered, or that the figure would give away another one that must be hidden.
findings-contents = Tables of the page
findings-of-cities = by city
findings-of-network = whole network
findings-of-units = by unit
findings-response-rate = Response rate
findings-area-mean = Self-rating by area
findings-area-gap = Competence gap by area
findings-area-below = Below target
findings-area-quantile = Spread of self-ratings
findings-area-alpha = Reliability of the areas
findings-area-trend = Change between waves
findings-item-distribution = Distribution of answers by statement
findings-scale = Scale { $low }–{ $high }.
findings-note-response-rate = Share of those the survey concerned who answered.
findings-note-mean = Mean of the respondents’ self-ratings.
findings-note-gap = Target minus self-rating. A figure with a plus sign says how far the target is.
findings-note-below = Share of respondents whose self-rating is below the target of their role.
findings-note-quantile = For example p25: a quarter of the respondents rate themselves at this level or lower.
findings-note-alpha = Cronbach’s alpha: how well the statements of an area go together. Close to one is good.
findings-note-distribution = Share of each answer among the answers given.
findings-all = All
findings-withheld = not shown
findings-band-below = below the city’s mean
findings-band-near = near the city’s mean
findings-band-above = above the city’s mean
findings-provenance = Where the figures come from
findings-program = Program
findings-dataset = Digest of the dataset
findings-job = Digest of the job
findings-rule = Protection
findings-rule-text = exact figures of a unit from { $unit } answers up, of other groups from { $group } up

## Typing in paper forms

paper-entry-title = Type in a paper form
paper-entry-lead = Each form is typed in twice, preferably by two people. Its answers count only when both times are the same.
paper-entry-language = Type in the language of the form. Change the language before you type the code.
paper-entry-exactly = Type exactly what is on the form. If a tick is missing or unclear, leave the question empty.
paper-entry-nobody = The service does not know who filled in the form or who typed it.
paper-entry-go = Begin
paper-begun-online = Somebody has already begun to answer online with this code, so it cannot be used for a form. Go on online, or write a new code on the form.
paper-mark-first = Paper form, typed for the first time
paper-mark-second = Paper form, typed for the second time
paper-review-first = Check the first typing
paper-review-second = Both times are the same
paper-review-answered = { $answered } of { $all } questions have an answer.
paper-position = Job
paper-first-note = The second time begins from nothing and does not show the answers of the first.
paper-first-go = The first time is done
paper-send-note = Answers that have been sent cannot be changed or removed, because nobody knows any more which they are.
paper-send = Send the form’s answers
paper-first-kept-title = The first typing is saved
paper-first-kept-lead = Give the form to somebody else to type, or come back to it later yourself. The second time begins with the same code.
paper-kept-until = Do it by { $date } and before the survey closes. After that the first typing is deleted.
paper-next = Next form
paper-differ-title = The two times differ
paper-differ-count =
    { $count ->
        [one] One question was typed in two ways.
       *[other] { $count } questions were typed in two ways.
    }
paper-differ-lead = Look at the form to see which is right. If neither is, correct the second typing and then come back to the check.
paper-differ-choose = Choose which is right.
paper-differ-missed = Choose which is right: { $item }
paper-differ-first = First time: { $answer }
paper-differ-second = Second time: { $answer }
paper-differ-neither = Neither is right
paper-differ-go = Continue
paper-sent-title = The form is typed in
paper-sent-receipt = The answers are saved. Receipt number: { $receipt }
paper-sent-destroy = Destroy the form. It gives no profile and no return code.
open-paper = I am typing in a paper form
open-code-paper-title = The form’s code
open-code-paper-why = Write the code on the form at “Answer code”. The form is typed in twice, and the second time begins with this code.
open-code-paper-only = The code is not shown again. If it is lost, the form must be begun anew.

## The open link’s poster

poster-title = Poster: { $place }
poster-lead = Print it on A4 and put it up. Change the language to get it in the other languages too.
poster-how = Open your phone’s camera and point it at the symbol, or type the address into a browser.
