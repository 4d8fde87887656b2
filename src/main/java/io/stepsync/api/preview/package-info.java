/**
 * What a window's records would become, for the verb {@code preview} and the status page; nothing
 * is written. It knows {@code camel} and what is below. The way in is {@link
 * io.stepsync.api.preview.StreamPreview}.
 */
package io.stepsync.api.preview;
