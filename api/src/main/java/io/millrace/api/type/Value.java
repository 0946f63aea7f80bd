package io.millrace.api.type;

import io.millrace.api.serialization.IOReadableWritable;
import java.io.Serializable;

/**
 * A value that writes and reads itself, as older programs pass values. Needs a public constructor
 * without arguments.
 */
public interface Value extends IOReadableWritable, Serializable {}
