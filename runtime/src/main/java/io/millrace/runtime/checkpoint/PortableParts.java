package io.millrace.runtime.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Makes state that lies in a back end's own form into what every back end reads, without the
 * classes of the job. Found by the service loader. Thread-safe.
 */
public interface PortableParts {
    /** Who reads a form; empty if it is on nobody's class path. */
    static Optional<PortableParts> of(String form) {
        return ServiceLoader.load(PortableParts.class, PortableParts.class.getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.reads(form))
                .findFirst();
    }

    boolean reads(String form);

    /**
     * Writes all states of a part, each with all that it has now.
     *
     * @param operator for messages
     * @param part of a form that is {@link #reads read}
     * @param segments reads its files
     * @param directory on a local disk, empty; takes the files of the part
     * @param out takes the new segments
     * @throws io.millrace.api.error.MillraceException {@code CHECKPOINT_FILE_CORRUPT}, {@code
     *     STORAGE_FAILED} naming the directory
     */
    List<StatePart> write(
            String operator,
            StatePart part,
            SegmentSource segments,
            Path directory,
            SegmentOutput out)
            throws IOException;
}
