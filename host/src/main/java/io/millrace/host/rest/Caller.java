package io.millrace.host.rest;

/**
 * Who asks, as far as it was proven. Immutable.
 *
 * @param who for the record of a cancellation: the proof and the address
 * @param badToken whether a token came with the request that is none of this application's
 */
record Caller(Permission permission, String who, boolean badToken) {}
