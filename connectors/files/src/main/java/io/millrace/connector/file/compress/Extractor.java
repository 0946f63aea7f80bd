package io.millrace.connector.file.compress;

import java.io.Serializable;

/** The bytes of a record. */
public interface Extractor<T> extends Serializable {
    byte[] extract(T element);
}
