/**
 * The verb {@code discover}: a stream file for an API of which only the URL is known. The way in is
 * {@link io.stepsync.cli.discover.Discover}.
 */
package io.stepsync.cli.discover;
