package io.millrace.api.function;

/** What a function is told when it is opened; empty for now. */
public interface OpenContext {}
