package io.stepsync.main;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each log line as a JSON object: Logback's, with the message as people read it, and what
 * the line is about, such as its stream, as members of their own.
 */
public final class JsonLines extends JsonEncoder {

  private static final Pattern ESCAPED = Pattern.compile("\\\\.");

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

  /** Logback's escapes slashes, which nobody needs, and which makes URLs hard to read and find. */
  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8);
    return ESCAPED
        .matcher(line)
        .replaceAll(
            escaped ->
                Matcher.quoteReplacement(escaped.group().equals("\\/") ? "/" : escaped.group()))
        .getBytes(StandardCharsets.UTF_8);
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
