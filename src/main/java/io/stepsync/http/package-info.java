/**
 * The API's side: how a window is asked, and the reading of its answer. It knows no Camel; the
 * request itself is made by camel-http in the fetch route.
 */
package io.stepsync.http;
