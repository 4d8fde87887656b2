package io.stepsync.http;

import java.io.InputStream;
import java.util.function.UnaryOperator;

/**
 * What came over HTTP. Immutable, but for its body.
 *
 * @param path what was asked, without query
 * @param contentType the header, or null
 * @param retryAfter the header, or null
 * @param body the body, after decompression; null for none
 * @param mask takes out of a text what the request had of secrets
 */
public record Reply(
    int status,
    String path,
    String contentType,
    String retryAfter,
    InputStream body,
    UnaryOperator<String> mask) {}
