/**
 * The examples of the guides in {@code docs/}: each runs here, and {@link GuidePageTest} compares.
 */
package io.millrace.examples.guide;
