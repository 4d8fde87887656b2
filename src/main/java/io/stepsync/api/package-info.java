/**
 * What an application in Java calls: streams added, run and removed while its Camel context runs.
 * It knows {@code camel} and what is below. The way in is {@link io.stepsync.api.Stepsync}.
 */
package io.stepsync.api;
