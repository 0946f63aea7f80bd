package io.millrace.connector.kafka.sink;

import java.io.Serializable;
import org.apache.kafka.common.header.Headers;

/** Makes the headers of a record. */
@FunctionalInterface
public interface HeaderProvider<IN> extends Serializable {
    Headers getHeaders(IN input);
}
