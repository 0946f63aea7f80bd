package io.millrace.api.operator;

/** Makes operators of two streams. */
public interface TwoInputStreamOperatorFactory<IN1, IN2, OUT> extends StreamOperatorFactory<OUT> {}
