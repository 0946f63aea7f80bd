package io.millrace.api.function;

import java.io.Serializable;

/** The base of all user functions: they travel with the job by Java serialization. */
public interface Function extends Serializable {}
