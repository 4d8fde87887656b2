/**
 * Places in a record as Jackson reads it, of maps, lists and values, and what is shown of its
 * texts. It knows nothing else. The ways in are {@link io.stepsync.json.JsonPlace}, {@link
 * io.stepsync.json.RecordFields} and {@link io.stepsync.json.ShortText}.
 */
package io.stepsync.json;
