package io.millrace.runtime.checkpoint;

import io.millrace.api.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The forms of savepoints that this engine has besides checkpoints' own. Immutable. */
public final class SavepointFormats {
    private final List<SavepointFormat> formats;

    private SavepointFormats(List<SavepointFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    public static SavepointFormats ofEngine() {
        return new SavepointFormats(
                ServiceLoader.load(SavepointFormat.class, SavepointFormats.class.getClassLoader())
                        .stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /**
     * The savepoint at a path as a checkpoint; empty if there is none of these forms.
     *
     * @throws io.millrace.api.error.MillraceException as {@link SavepointFormat#read}
     */
    public Optional<Manifest> read(Path path) {
        return formats.stream()
                .filter(format -> format.isAt(path))
                .findFirst()
                .map(format -> format.read(path));
    }

    /**
     * Whether a savepoint of one of these forms is there.
     *
     * @throws io.millrace.api.error.MillraceException of the file system
     */
    boolean isAt(Path path) {
        return formats.stream().anyMatch(format -> format.isAt(path));
    }

    /**
     * Removes the savepoint at a path that a job has claimed; nothing happens if there is none of
     * these forms.
     *
     * @return whether it was there
     * @throws io.millrace.api.error.MillraceException as {@link SavepointFormat#release}
     */
    public boolean release(Path path, Collection<Path> roots) {
        for (SavepointFormat format : formats) {
            if (format.isAt(path)) {
                format.release(path, roots);
                return true;
            }
        }
        return false;
    }

    /** Who reads a file of a segment; empty if it is a checkpoint's own. */
    Optional<SegmentSource> segmentsOf(String file) {
        return formats.stream()
                .filter(format -> format.holds(file))
                .findFirst()
                .map(SavepointFormat::segments);
    }
}
