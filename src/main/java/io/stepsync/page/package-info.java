/**
 * The status page of a standalone run: what its streams have read, and what can be asked of them.
 * It knows {@code camel} and what is below. The way in is {@link io.stepsync.page.StatusPage}.
 */
package io.stepsync.page;
