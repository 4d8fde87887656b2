/**
 * What the routes call: a class for each file in {@code routes/}, and processors of their own for
 * what is done with each record. They know {@code run} and what is below it. Whoever looks for a
 * step begins in the route.
 */
package io.stepsync.steps;
