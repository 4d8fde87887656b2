/**
 * The status page of a standalone run: what its streams have read, and what can be asked of them.
 *
 * <p>{@link io.stepsync.ops.page.StatusPage} is the way in. The page itself, HTML, CSS and
 * JavaScript, lies in {@code src/main/resources/stepsync/page}.
 */
package io.stepsync.ops.page;
