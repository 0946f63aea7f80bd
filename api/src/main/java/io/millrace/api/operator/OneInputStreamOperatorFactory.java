package io.millrace.api.operator;

/** Makes operators of one stream. */
public interface OneInputStreamOperatorFactory<IN, OUT> extends StreamOperatorFactory<OUT> {}
