package io.millrace.host.rest;

import java.util.Map;

/**
 * What an endpoint may know of a request. Immutable.
 *
 * @param path the parts of the path that the route names
 * @param query the first value of each query parameter
 * @param body as text; empty if there is none
 * @param caller who asks
 */
record Request(Map<String, String> path, Map<String, String> query, String body, Caller caller) {}
