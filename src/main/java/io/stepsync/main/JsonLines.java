package io.stepsync.main;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each log line as a JSON object: Logback's, with the message as people read it, and what
 * the line is about, such as its stream, as members of their own.
 */
public final class JsonLines extends JsonEncoder {

  /** As logback.xml needs it. */
  public JsonLines() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMDC(false);
    setWithKVPList(false);
    setWithMessage(false);
    setWithArguments(false);
    setWithThrowable(false);
  }

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    append(line, "message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      appendThrowableProxy(line, THROWABLE_ATTR_NAME, event.getThrowableProxy());
    }
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        append(line, pair.key, String.valueOf(pair.value));
      }
    }
  }

  private void append(StringBuilder line, String name, String value) {
    line.append(VALUE_SEPARATOR);
    appenderMember(line, name, JsonEscapeUtil.jsonEscapeString(value));
  }
}
