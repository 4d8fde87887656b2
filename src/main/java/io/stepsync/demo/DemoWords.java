package io.stepsync.demo;

import java.util.List;

/** The words that demo records are made of; a change here changes every record. */
final class DemoWords {
  static final List<String> FIRST_NAMES =
      words(
          """
          Melody; Matthew; Kendra; Álvaro; Zoë; Søren; Björn; Chloé; Jürgen; Łukasz; Nuño; Aoife;
          Tariq; Priya; Hiroshi; Mei; Olga; Ingrid; Kwame; Fatima; Diego; Renée; Paul; Grace; Amos;
          Ruth; Victor; Nadia; Elif; Tomáš; Anna-Lena; Jean-Luc; Deirdre; Samuel; Leilani; Ivan
          """);

  static final List<String> LAST_NAMES =
      words(
          """
          Brandt; Vasquez; Hamilton; O'Brien; Núñez; Müller; Åkesson; Dvořák; Brontë; D'Angelo;
          Kowalczyk; Okafor; Tanaka; Nguyễn; García; Öztürk; Johnson; Proctor; Fernández; Hansen;
          Clark; Patel; Lefèvre; Smith-Jones; Van der Berg; Ivanov; Cohen; Mbeki; Costa; Reyes
          """);

  /** Names in scripts that a database must be able to hold; one has a character beyond 16 bits. */
  static final List<String> WHOLE_NAMES =
      words("王 秀英; Мария Иванова; محمد علي; 김민준; Ελένη Παπαδοπούλου; 𠮷野 愛; נועה לוי");

  static final List<String> STREETS =
      words(
          """
          Sarah Fields; Keith Inlet; Ryan Land; Mill Road; Station Street; Church Lane; King's Walk;
          Hill Crescent; Lake View; Orchard Way; Harbour Parade; Bridge Terrace; Quarry Bank
          """);

  static final List<String> CITIES =
      words(
          """
          Bautistahaven; Marktown; North Corey; Port Elena; San José; New Ashford; East Tobias;
          Lake Brenda; Saint-Rémy; Westfield; Oak Hollow; Red Bluff; Coeur d'Alene
          """);

  static final List<String> STATES =
      words("AK; AZ; CA; CO; FL; GA; IA; KY; MA; ME; MN; NH; NM; NY; OH; OR; TX; VT; WA; WI");

  static final List<String> COMPANY_ENDINGS = words("Ltd; LLC; Inc; PLC; Group; & Sons; GmbH");

  static final List<String> JOBS =
      words(
          """
          Lobbyist; Volunteer coordinator; Engineer, civil (contracting); Surveyor, minerals;
          Teacher, primary school; Nurse, children's; Accountant, chartered; Data scientist; Chef;
          Barrister's clerk; Geologist, wellsite; Librarian, public; Film/video editor; Translator;
          Air traffic controller; Veterinary surgeon; Museum/gallery curator; Baker; Carpenter;
          Designer, jewellery; Psychologist, sport and exercise; Research officer, trade union
          """);

  private DemoWords() {}

  private static List<String> words(String list) {
    return List.of(list.strip().split(";\\s+"));
  }
}
