package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.stepsync.http.AnswerException.Trouble;
import io.stepsync.http.AnswerFormat.Shape;
import io.stepsync.json.RecordValues;
import io.stepsync.window.IdWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Reads the records of an answer one by one, and the rest of the answer to its end, so that one
 * that was cut off is not taken for a whole one.
 *
 * <p>A record is a map from field to value as Jackson reads them: String, Boolean, Integer, Long,
 * BigInteger, BigDecimal, Map, List or null; a BigDecimal's text is that of the API. Not
 * thread-safe. All methods throw {@link AnswerException} if the answer is no JSON, or lacks the
 * array of records; one that a narrower window may mend if it was JSON up to the records, and was
 * not cut.
 */
public final class RecordReader implements Iterator<Map<String, Object>> {

  private static final ObjectReader RECORD =
      new ObjectMapper()
          .readerFor(new TypeReference<Map<String, Object>>() {})
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Answer answer;
  private final JsonParser parser;
  private final JsonParser values;
  private final JsonPointer records;
  private final Deque<String> path = new ArrayDeque<>();
  private final boolean emptyWithoutArray;
  private final boolean lines;
  private final boolean ofOneId;
  private boolean single;
  private boolean begun;
  private boolean more;
  private boolean seen;

  /**
   * @param answer what the API said
   * @param format how the records lie in it
   */
  public RecordReader(Answer answer, AnswerFormat format) {
    this(answer, format, false);
  }

  private RecordReader(Answer answer, AnswerFormat format, boolean ofOneId) {
    this(answer, format.records(), format.shape(), format.emptyWithoutArray(), ofOneId);
  }

  /** Reads what {@link Answer#ofRecords} made. */
  public RecordReader(Answer stored) {
    this(stored, JsonPointer.empty(), Shape.ARRAY, false, true);
  }

  private RecordReader(
      Answer answer, JsonPointer records, Shape shape, boolean emptyWithoutArray, boolean ofOneId) {
    this.ofOneId = ofOneId;
    this.answer = answer;
    this.records = records;
    this.emptyWithoutArray = emptyWithoutArray;
    this.lines = shape == Shape.LINES;
    try {
      this.parser = answer.parser(RECORD);
      this.values = new NumbersAsWritten(parser);
      if (!answer.isEmpty()) {
        begin(shape == Shape.ONE);
      }
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  /** Returns the records of the answer to {@code window}. */
  public static Iterator<Map<String, Object>> records(
      Answer answer, AnswerFormat format, IdWindow window) {
    RecordReader reader = new RecordReader(answer, format, window.isSingle());
    return format.numbered()
        ? new NumberedRecords(reader, format.id().getMatchingProperty(), window.firstId())
        : reader;
  }

  private void begin(boolean one) throws IOException {
    if (lines) {
      advance();
      begun = more;
      return;
    }
    parser.nextToken();
    for (JsonPointer at = records; !at.matches(); at = at.tail()) {
      enter(at.getMatchingProperty());
    }
    single = one && parser.currentToken() == JsonToken.START_OBJECT;
    begun = single || parser.currentToken() == JsonToken.START_ARRAY;
    if (single) {
      more = true;
    } else if (one && parser.currentToken() == JsonToken.VALUE_NULL) {
      readToTheEnd();
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      advance();
    } else if (one) {
      throw new AnswerException(place() + " must be a record or null, was " + shown());
    } else {
      beginWithoutArray();
    }
  }

  private void beginWithoutArray() throws IOException {
    String shown = shown();
    boolean none = parser.currentToken() == JsonToken.VALUE_NULL;
    if (parser.currentToken() == JsonToken.START_OBJECT
        && parser.nextToken() == JsonToken.END_OBJECT) {
      none = true;
      shown = "an empty object";
    }
    if (!none || !emptyWithoutArray) {
      throw new AnswerException(
          place()
              + " must be an array of records, was "
              + shown
              + (none ? "; emptyWithoutArray=true takes that for no record" : ""));
    }
    readToTheEnd();
  }

  private void enter(String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      String where = path.isEmpty() ? "the answer" : path.peek();
      throw new AnswerException(where + " must be an object with " + field + ", was " + shown());
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(field);
      parser.nextToken();
      if (found) {
        path.push(field);
        return;
      }
      parser.skipChildren();
    }
    throw new AnswerException("the answer has no " + records);
  }

  @Override
  public boolean hasNext() {
    return more;
  }

  @Override
  public Map<String, Object> next() {
    if (!more) {
      throw new NoSuchElementException();
    }
    try {
      Map<String, Object> record = RECORD.readValue(values);
      advance();
      return record;
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  /**
   * Tells whether {@link #next(RecordValues)} will do: one knows where the records are, and no text
   * is longer than Jackson takes, which it sees only where it makes one of it.
   */
  public boolean canReadValues() {
    return parser.currentLocation().getByteOffset() >= 0
        && answer.length() <= StreamReadConstraints.DEFAULT_MAX_STRING_LEN;
  }

  /**
   * Reads the next record without making a map of it.
   *
   * @param into is given its values
   * @return what makes a map of it, as {@link #next()} does
   */
  public Supplier<Map<String, Object>> next(RecordValues into) {
    if (!more) {
      throw new NoSuchElementException();
    }
    try {
      int first = (int) parser.currentTokenLocation().getByteOffset();
      into.read(values);
      int end = (int) parser.currentLocation().getByteOffset();
      advance();
      return () -> record(first, end);
    } catch (NumberFormatException e) {
      throw noJson(new JsonParseException(parser, e.getMessage(), e)); // beyond all decimals
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  private Map<String, Object> record(int first, int end) {
    try (JsonParser record = new NumbersAsWritten(answer.parser(RECORD, first, end))) {
      return RECORD.readValue(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before
    }
  }

  private void advance() throws IOException {
    if (single) {
      more = false;
      readToTheEnd();
      return;
    }
    JsonToken token = parser.nextToken();
    more = token == JsonToken.START_OBJECT;
    if (lines && token == null) {
      return;
    }
    if (token == JsonToken.END_ARRAY) {
      readToTheEnd();
    } else if (!more) {
      String message = "each of " + place() + " must be an object, was " + shown();
      throw new AnswerException(message, isAmongRecords() ? Trouble.NO_JSON : null);
    }
    seen |= more;
  }

  /** Where nothing at all is an object, it is no record that is spoilt: the place is wrong. */
  private boolean isAmongRecords() throws IOException {
    boolean among = seen || ofOneId || parser.currentToken() == JsonToken.VALUE_NULL;
    while (!among
        && parser.currentToken() != null
        && parser.currentToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      among = parser.nextToken() == JsonToken.START_OBJECT;
    }
    return among;
  }

  private void readToTheEnd() throws IOException {
    while (!path.isEmpty()) {
      String field = path.pop();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().equals(field)) {
          throw new AnswerException("the answer has " + field + " twice");
        }
        parser.nextToken();
        parser.skipChildren();
      }
    }
    begun = false;
    if (parser.nextToken() != null) {
      throw new AnswerException("the answer must end after its JSON value, was " + shown());
    }
  }

  private String place() {
    return records.matches() ? "the answer" : records.toString();
  }

  private String shown() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "empty";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> parser.getText();
    };
  }

  /** Nothing is read behind a fault: Camel's split asks for what is left even then. */
  private AnswerException noJson(IOException e) {
    more = false;
    boolean cut = e instanceof JsonEOFException;
    return new AnswerException(answer.noJson(e, parser), begun && !cut ? Trouble.NO_JSON : null, e);
  }
}
