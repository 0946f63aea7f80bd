/**
 * Programs as users write them, each run by a test. They see the API and the exported packages of
 * connectors, nothing else. Way in: their {@code main} methods.
 */
package io.millrace.examples;
