/**
 * stepsync copies a table out of an HTTP API that has only ID ranges into a SQL database, as Apache
 * Camel routes. A {@link io.stepsync.Stream} is what people write; the routes that read it lie in
 * {@code camel-template} on the class path.
 */
package io.stepsync;
