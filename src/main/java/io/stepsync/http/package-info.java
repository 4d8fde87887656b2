/**
 * How a window is asked over HTTP, and how an answer is read and checked: requests, authorization,
 * retries, records, secrets. It knows {@code window} and {@code json}, and no Camel. The ways in
 * are {@link io.stepsync.http.RequestSettings} and {@link io.stepsync.http.Answer}.
 */
package io.stepsync.http;
