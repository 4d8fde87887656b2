/**
 * What the routes in {@code routes/verify.camel.yaml} call. It knows {@code steps} and what is
 * below.
 */
package io.stepsync.steps.verify;
