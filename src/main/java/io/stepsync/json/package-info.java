/**
 * Places in a record as Jackson reads it, of maps, lists and values. It knows nothing else. The
 * ways in are {@link io.stepsync.json.JsonPlace} and {@link io.stepsync.json.RecordFields}.
 */
package io.stepsync.json;
