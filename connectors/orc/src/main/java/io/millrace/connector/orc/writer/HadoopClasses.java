package io.millrace.connector.orc.writer;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import org.apache.hadoop.conf.Configuration;

/** What ORC's writer needs of Hadoop, which its reader does not. Stateless. */
final class HadoopClasses {
    private HadoopClasses() {}

    /**
     * An empty one.
     *
     * @throws MillraceException {@code PROGRAM_INVALID} if the job does not bring its classes
     */
    static Configuration configuration() {
        try {
            return new Configuration(false);
        } catch (LinkageError e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "ORC files cannot be written, since ORC's writer needs classes of Hadoop that"
                            + " the job does not have ("
                            + e.getMessage()
                            + "). Add org.apache.hadoop:hadoop-client-runtime to the job's jar, in"
                            + " the version of hadoop-client-api that is there.",
                    e);
        }
    }
}
