package io.millrace.api.sink;

/** What a committer is given when it is made. */
public interface CommitterInitContext extends InitContext {}
