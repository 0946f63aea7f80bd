/**
 * The REST interface and the web page of an application: what runs, and cancel. Way in: {@link
 * io.millrace.host.rest.RestServer}. Routes are data in {@code RouteTable}, each with the
 * permission that it needs; {@code Access} says what a caller has.
 *
 * <p>Threads: the server's own, named {@code rest-…}; they read the published view and post, and
 * never enter the coordinator. Design: {@code docs/design/host.md}.
 */
package io.millrace.host.rest;
