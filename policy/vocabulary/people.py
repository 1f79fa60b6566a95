"""Ranks, titles and given names: how a person is recognised in a text, and how an officer is told from one."""

from __future__ import annotations

from policy.reading.lexicon import word_set

# Whoever is named after one of these speaks for the police or a public office.
RANKS = word_set(
    """
    pc/s, wpc/s, pcso/s, dc/s, ds, dis, dci/s, dcs, dsu, ps/s, sgt/s, sergeant/s, insp, inspector/s, supt,
    superintendent/s, cdr, commander/s, commissioner/s, constable/s, detective/s, sc, spc, ssgt, dac, acso, officer/s,
    cadet/s, tdc, tpc, tps, tdi, aps, sio, oic, dso, dwo/s, cso/s, warden/s, firefighter/s, paramedic/s, di, ci, dep,
    deputy, cllr/s, councillor/s, mp, mps, mayor, mayoress, judge, hhj, recorder, justice, reverend, rev, revd, imam,
    rabbi, sir, dame, lord, lady, baroness, prince, princess, saint, st, minister, secretary
    """
)

TITLES = word_set("mr, mrs, ms, miss, mx, dr, prof, professor, master")

# Given names common in London that are hardly ever another English word in a post.
GIVEN_NAMES = word_set(
    """
    aaliyah aamir aaron abbas abdi abdirahman abdul abdulla abdullah abdullahi abena abigail abimbola abiola abraham
    abubakar adaeze adam adama adebayo adedayo adel adele ade adeola adil aditya adrian adriana afia afolabi agata
    agnes agnieszka ahmad ahmed aidan aiden aileen aimee aisha aishah aisling ajay akash akin akua akwasi alan alana
    alastair albert aleksander aleksandra alessandro alex alexa alexander alexandra alexandru alexia alexis alfie
    alfred ali alice alicia alina alisha alison alistair aliyah allan allison alma alok alpha altan alvin amaan amadou
    amal amanda amandeep amar amara amelia amina aminata amir amira amit amoah amrit amy ana anand anastasia andre
    andrea andreas andrei andrew andrius andrzej andy angela angelica angelina angus anika anil anisa anish anita
    anjali ann anna annabel anne annette annie ansel anthony antoine anton antonio anya aoife aqib aran archie arda
    ari ariana arif arjun arlo armani arnold arun asad asha ashanti asher ashleigh ashley ashok asif aslan asma athena
    aubrey audrey austin ava avi aya ayaan ayan ayesha ayla ayo ayodele ayse aysha azeem aziz babatunde babak bailey
    balal baljit barbara barry bartosz beata beatrice becky belinda bella ben benedict benjamin benny bernadette
    bernard bernice beth bethany betty beverley bhavesh bianca bilal billie binta blessing bogdan boris brad bradley
    brandon brayden brenda brendan brian brianna bridget brittany brogan bronwen bruce bruno bryan bryony burak busola
    byron caitlin caleb callum calum calvin cameron camilla cara carl carla carlos carly carmen carol caroline carolyn
    carrie carter casey caspian cassandra catalin catarina catherine cathy cecilia cedric celeste celia celine cem
    cerys chanel chanelle chantelle charlene charles charlie charlotte chelsea cheryl chibuzo chidi chidera chidi
    chika chinedu chioma chloe chris christian christina christine christopher chukwuma ciara cian ciaran claire clara
    clare clarence claude claudia claudine clayton clement cleo clifford clive clyde cody cole colette colin colleen
    connor conor constance cora cordelia corey cory courtney craig cristian cristina crystal curtis cynthia cyrus
    daisy dale damian damien damilola damon dan dana daniel daniela daniella danielle danish danny dante danuta daphne
    daria darcy daren dariusz darius darnell darragh darrell darren darryl dave david davide davina daz dazza dean
    deanna debbie deborah debra declan deepa deepak deirdre delroy demetri demi denis denise dennis denzel derek
    dermot derrick deshawn desmond destiny devante devon dexter diana diane diego dilan dimitri dinesh dion dipak
    divya djamel dmitri dominic dominik donald donna donovan dora dorcas doreen doris dorothy doug douglas duane
    dudley duncan dushane dustin dwayne dylan ebony ebrahim ebru eddie edgar edith edmund eduardo edward edwin efe
    efua eileen eilidh ekow elaine elaina eleanor elena eleni eli elias elif elijah elisa elisabeth elise elizabeth
    ella ellen ellie elliot elliott ellis elsa elsie elvis elizabeta emeka emer emil emilia emily emma emmanuel emmet
    emre enrique enzo eric erica erik erin ernest esme esra estelle esther ethan ethel eugene eunice eva evan
    evangeline evans eve evelyn ewa ewan ezekiel ezra fabian fabio fadi fahad fahim faisal faiza farah farhan farid
    farida faris farooq farzana fatima fatma fatou fatoumata faye fearghal federico felicia felicity felix femi
    ferdinand fernando fiona fionn flavia fletcher florence florian florin folake frances francesca francesco francis
    francois franklin fraser freda freddie frederick freya funmi gabriel gabriela gabriella gagan gareth gary gavin
    gemma geoff geoffrey george georgia georgie georgina gerald geraldine gerard gianni gideon gilbert giles gill
    gillian gina ginny giorgio giovanni giulia gladys glen glenda glenn gloria godfrey gordon graeme graham grainne
    grant greg gregory greta grzegorz guillermo gulsen gurpreet gwen haaris habib habiba hadi hafsa hakan hakeem
    halima hamish hamza hana hanif hanna hannah hardeep hari haris harjit harley harmony haroon harriet harrison harry
    harun harvey hasan haseeb hashim hassan hassim hatice hayden hayley heather hector heidi helen helena helga
    henrietta henry herbert hermione hilary hilda holly hope horace howard hubert hugh hugo humaira humphrey hussain
    hussein ian ibrahim ibukun idris ifeoma ifeanyi ife ignacy igor ikechukwu ikenna ilhan imani imogen imran inaya
    india indira ines ingrid ioana ion ionut iqbal iqra ira irena irene irfan iris isaac isabel isabella isabelle
    isaiah isha ishaan ishmael isla ismail israel issa istvan ivan ivana ivor ivy izabela jaanvi jacek jack jackie
    jackson jacob jacqueline jacqui jada jade jaden jago jaiden jake jakub jamaal jamal jamel james jamie jamila jan
    jana jane janet janice janine jared jarek jarvis jasmeet jasmin jasmine jason jaspal jasper javier jay jayda
    jayden jaydon jayesh jayne jaz jean jeanette jed jedidiah jeff jeffrey jelani jemima jemma jennifer jenny jeremiah
    jeremy jermaine jerome jerry jess jesse jessica jewel jill jillian jim jimmy jo joan joana joanna joanne joaquin
    jodie jody joe joel joey johan john johnny jolene jon jonah jonas jonathan jordan jordana jorge jose joseph
    josephine josh joshua josiah jovan joyce juan jude judith judy jules julia julian juliana julie juliet julius
    junaid justin justina justyna kaan kabir kacper kadeem kai kaiden kaleb kamal kamala kamil kamran kane karan
    kareem karen karim karina karl karla karol karolina kashif kasia kasim kaspar kassandra kate katelyn katharine
    katherine kathleen kathryn kathy katie katja katrina katarzyna kavita kay kayden kayla kayleigh keanu keeley keir
    keira keisha keith kelechi kelly kelsey kelvin kemal kemi ken kendra kenneth kenny kenya kenza kerem kerry kevin
    khadija khadijah khaled khalid khalil kiera kieran kieron kimberley kiran kirsten kirsty kitty kofi kojo komal
    konrad krishna kristian kristina krystal krzysztof kuba kunal kwabena kwaku kwame kwasi kyle kylie lachlan lacey
    lana lara larissa larry lars latisha latoya laura lauren laurence lavinia lawrence layla leah leanne lee leila
    lena lenny leo leon leona leonard leonardo leonie leroy lesley leslie leticia levi lewis lexi liam liban lidia
    lilian liliana lillian lily linda lindsay lindsey linus lionel lisa livia liz lizzie lloyd logan lois lola lora
    loraine lorcan loretta lorna lorraine louis louisa louise luca lucas lucia lucian lucinda lucy luigi luis lukas
    lukasz luke luna lydia lyndon lynn lynne lynsey mabel macey maciej maddison madeleine madison mae magda magdalena
    maggie magnus mahad mahdi maher mahmood mahmoud maisie maja makayla malachi malaika malaki malcolm malek malika
    malik mandy manjit manoj manuel mara marc marcel marcela marcia marcin marco marcus marek margaret margaux maria
    mariam mariama marian mariana marianne marie mariella marilyn marina mario marion marisa marissa marius mariusz
    marjorie marlene marley marlon marta martha martin martina martyn marvin mary maryam masood mateo mateusz mathew
    matilda matt matteo matthew maureen maurice max maxim maximilian maxine maya mehdi mehmet mel melanie melinda
    melissa melvin mercy meredith mert mia micah michaela michael michal michele michelle micheal miguel mihai mikael
    mikaela mike mikhail mila milan miles millie milo mina minh mira miranda miriam miroslav mitchell mo mohamed
    mohammad mohammed mohamud moira molly mona monica monika monique morgan morris moses mostafa muhammad muhammed
    muna murat muriel murphy musa mustafa mustapha myles myra nabil nabila nadeem nadia nadine naeem nahid naima naomi
    narges narinder nasir nasreen nasser natalia natalie natasha nate nathan nathaniel naveed navid nayan nazia neel
    neelam neha neil nell nelson nia niall niamh nicholas nick nicky nico nicola nicolae nicolas nicole nigel nihal
    nikhil nikita nikki nikolai nikos nina nisha nishant noah noel noor nora noreen norma norman nosheen nuala nuno
    nur oakley obi obinna octavia oisin ola olamide oleg olga olive oliver olivia oliwia ollie olu oluwaseun oluwatobi
    omar omari omer omolara onur orla orlando osagie osama oscar osman oswald otis owen oyinkan ozan pablo paige
    palesa pamela paolo paresh parveen pascal patel patricia patrick patrycja patryk paul paula pauline pavel pawel
    pedro peggy penelope penny perry pete peter petra petros philip philippa phillip phoebe phyllis pierre piotr pippa
    piya polly poppy pradeep pranav prashant precious preeti priscilla priti priya przemyslaw quentin quincy rabia
    rachael rachel radek radu rafael rafal rafiq raheem rahel rahim rahul raihan raj raja rajan rajesh rajiv rakesh
    ralph ram rama ramesh ramon ramona ramzi rana randall randy rania ranjit raphael rashad rashid raul ravi ravinder
    raymond rayan raza rebecca rebekah reece reena reggie regina rehan rehana reiss remi rene renee reuben rhea
    rhiannon rhys ria ricardo ricardo rich richard rick ricky rico rihanna riley rio rishi rita ritesh roanna robbie
    robert roberta roberto robyn rochelle rocco roderick rodney rodrigo roger rohan rohit roisin roland roman romeo
    romesh ron ronald ronan ronnie rory rosa rosalind rosanna roseanne rosemary rosie ross rowan roxanne roy ruben
    ruby rudy rufus rukhsana rupert russell ruth ryan rylan saad saba sabah sabina sabrina sade sadia sadiq saeed
    safiya sagal sahil said saif saima sajid saleem saleh salim sally salma salman sam samantha samina samir samira
    samson samuel sana sandeep sandra sandy sanjay santiago santino saqib sara sarah sasha saskia saul sean seb
    sebastian sefton selim selina selma serena serge sergei sergio seth seun shabana shabnam shahid shaila shane
    shania shanice shanika shannon shaquille shari sharif sharon shaun shauna shayla shayne sheila shelby sheldon
    shelley shereen sheridan sherry shirin shirley shivani shola shona siddharth sidney siena sienna sihle silvia
    simeon simon simona simone simran sinead siobhan skye slawomir sofia sol solomon sonia sonny sophia sophie soren
    stacey stan stanley stavros stefan stefania stelios stella stephan stephanie stephen steve steven stewart stuart
    subhan sue sukhdeep suki sulaiman suleiman suleyman sultan sumaya sunil sunita suraj suresh susan susanna susie
    suzanne sven svetlana sylvester sylvia tabitha taha tahir taiwo taj tajinder talia talitha tamara tamika tamsin
    tanisha tanveer tanya tara tariq tarquin tasha tasnim tatiana tayo taylor ted temi temitope terence teresa terri
    terry tessa thabo thandi thea thelma theo theodore theresa thierry thomas tia tiago tiana tiernan tiffany tilly
    tim timothy tina tinashe tobias toby todd tolu tom tomas tomasz tommy tony tonya toyin tracey tracy travis
    tremaine trevon trevor tricia trinity tristan troy tunde tyler tyrell tyrese tyron tyrone uche uchenna ugo ulrika
    uma umair umar una ursula usha usman uzair valentina valeria valerie vanessa varun vasile velma venetia vera
    verity vernon veronica vicki vicky victor vijay vikram vikesh viktor viktoria vincent vinny viola violet violeta
    virginia vivek vivian vivien viviana vlad vladimir waleed walter wanda waqas warren warsame wayne wendy wesley
    weronika whitney wilfred wilhelmina willem william winifred winston wojciech xander xavier xenia yahya yana
    yannick yara yaseen yasin yasmin yasmine yaw yetunde yinka yolanda yonas younes yousef youssef yuki yunus yuri
    yusuf yvette yvonne zac zach zachariah zachary zack zafar zahid zahra zaid zain zaina zainab zak zakariya zara
    zarah zayd zayn zeeshan zehra zeinab zeynep zhang zion zoe zofia zohra zoltan zuzanna zygmunt zulfiqar zbigniew
    abbie abi ada adjoa agatha aggie agim ahmet aine akosua albie alf ama andreea angie anh arben arthur atif
    balwinder beatriz bernie bert bertie besnik bola bukola caoimhe chiamaka chinwe chukwudi cormac cyril deji dervla
    diarmuid dirie dritan eamon edna elira eloise emine eoin ernie errol evie fergal fergus finbar finley folasade
    fred funke geeta gheorghe godwin guled hamid harjinder harold harpreet hawa hibo hodan huseyin hyacinth idil ifrah
    ilir irving jamil jaspreet jasvinder javed joao kath kledi kuldeep kunle kurt lakshmi lester lindita linh luther
    lyn maeve mahesh majid malgorzata manpreet mansoor maud meera megan merve mick mihaela mildred milly mirela
    murtaza nancy ned nellie neville ngozi nkechi odette olly padraig pam paulo pooja prakash prue qasim queenie quinn
    ramadan reza rhoda riaz rolf ronke sabir sadie sahra saira salah saoirse satnam sayed seamus shabir shafiq shakil
    shanelle shaniqua sharlene shazia sherelle shireen sian silas sola surinder syed tadhg tahira talha tania tauseef
    toni virgil vivienne wahid walid wilf wilma winnie yemi younis zaheer zakir zane zelda ziad ziggy zubair rosalie
    """
)

# Given names that are also everyday words: they need a capital letter and a surname beside them.
DOUBTFUL_NAMES = word_set(
    """
    ace amber angel april art ash august autumn basil bill bob bobby brook brooke buddy candy chance chase chad chuck
    cliff clay colt dawn dell dom don drew duke earl ed ember faith fern flo flora frank gene ginger glory grace guy
    hank happy harper hazel heath heaven honey hunter iman ivory jasper jet jewel joy june justice king kit lance
    laurel lane mark marshall mason max may melody mercy mike miles myrtle nat noor olive page parker patience pearl
    peace penny pete phil piers prince princess queen ray raven reed rex rich river rob robin rod rose roman rusty
    sage sandy sally saffron savannah scarlet scott skip sky sonny star stevie stone storm summer sunny sterling
    tanner teddy terry trip tom tucker van victoria victor wade ward will willow winter woody wren abbey bishop bond
    chelsea kingsley ashton clifton preston lincoln brooklyn paris london sydney florence india kenya israel jordan
    georgia virginia carolina hope said sol sue pat jean dale dean lee glen major malik jan mo mel ali mario patel
    evans murphy lewis ellis morgan taylor carter jackson austin zion trinity precious blessing destiny crystal ruby
    daisy poppy holly ivy heather rosemary violet iris eve alma max bailey crystal harmony cole bruce dan ben sam star
    champion said rich ram milan grant rowan raj mina troy dora jay kay gill carol noel penny robin skye levi una val
    jo art herb josh reg comfort favour gus len les lou li ming jun ling vic spencer percy nana mitch murray sid segun
    tess ty wes marty moe otto pip rafi sami sherman vince viv wei yan dev gail hui mei des bev tobi wale rami safa
    zia
    """
)

# Small words inside a surname.
LINKS = word_set("de da do dos das di del della van von der den la le bin ibn binti al el abu ap o st ter ten")

# Surnames that are everyday words as well: believed after a sure given name, both with a capital letter.
SURNAMES = word_set(
    """
    black, white, green, brown, grey, young, long, short, best, good, little, power, west, day, hunt, ford, marsh,
    hill, hall, lane, king, wall, case, cash, law, light, drew, swift, royal, major, small, large, strong, wood,
    woods, price, parks, banks, church, head, hand, house, fair, field, fields, field, gates, penny, change, cook,
    mark, marks, may, june, murder, noble, north, south, east, post, quick, ready, rose, sharp, speed, stone, summers,
    waters, winter
    """
)
