package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.file.compactor.FileCompactor;
import io.millrace.connector.file.compactor.OutputStreamBasedFileCompactor;
import io.millrace.connector.file.compactor.RecordWiseFileCompactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one staged file of several. Used by many threads, each for a file of its own. */
final class FileCompaction<IN> {
    private static final Logger LOG = LoggerFactory.getLogger(FileCompaction.class);

    private final FileSinkSettings<IN, ?> settings;
    private final FileCompactor compactor;
    private final Path staging;

    /**
     * @param staging of the job
     */
    FileCompaction(FileSinkSettings<IN, ?> settings, FileCompactor compactor, Path staging) {
        this.settings = settings;
        this.compactor = compactor;
        this.staging = staging;
    }

    /**
     * The files stay until the new one is visible: until then a job that starts again puts them
     * together again.
     *
     * @return null if all of them are visible already, as parts of others
     */
    FileSinkCommittable compact(List<FileSinkCommittable> files) throws Exception {
        List<FileSinkCommittable> there = staged(files);
        if (there.size() <= 1) {
            return there.isEmpty() ? null : there.get(0);
        }
        // Of no other attempt, so that whatever lies at the target is this very file.
        String name =
                settings.names().getPartPrefix()
                        + "-compacted-"
                        + UUID.randomUUID()
                        + settings.names().getPartSuffix();
        Path staged = new Path(staging, name);
        FileSystem fileSystem = staged.getFileSystem();
        try (FSDataOutputStream file =
                fileSystem.create(staged, FileSystem.WriteMode.NO_OVERWRITE)) {
            List<Path> paths = there.stream().map(FileSinkCommittable::staged).toList();
            write(paths, file);
            long bytes = file.getPos();
            file.sync();
            return new FileSinkCommittable(
                    staged, new Path(there.get(0).target().getParent(), name), bytes, paths);
        } catch (IOException e) {
            throw FileErrors.of(e, staged, "put " + there.size() + " files together in");
        }
    }

    @SuppressWarnings("unchecked") // the sink's compactor is of the sink's records
    private void write(List<Path> paths, FSDataOutputStream file) throws Exception {
        if (compactor instanceof OutputStreamBasedFileCompactor bytes) {
            bytes.compact(paths, new Unclosed(file));
            return;
        }
        PartContent<IN> content = settings.format().begin(file);
        ((RecordWiseFileCompactor<IN>) compactor).compact(paths, content::write);
        content.finish();
    }

    /**
     * Those that are still staged. Only a commit takes files away before the job has ended, once
     * what they were put together in is visible; a job that goes back behind its latest checkpoint
     * comes to such files again, and must not write them again.
     */
    private static List<FileSinkCommittable> staged(List<FileSinkCommittable> files)
            throws IOException {
        List<FileSinkCommittable> there = new ArrayList<>();
        for (FileSinkCommittable file : files) {
            FileSystem fileSystem = file.staged().getFileSystem();
            if (fileSystem.exists(file.staged())) {
                there.add(file);
            } else if (!fileSystem.exists(file.staged().getParent())) {
                throw new MillraceException(
                        ErrorCode.DATA_LOSS,
                        "the output file "
                                + file.staged()
                                + " of "
                                + file.bytes()
                                + " bytes is gone with its directory before it was put together"
                                + " with others. If its job has finished, all of it is visible, and"
                                + " the checkpoint that this job was started from is of no use; else"
                                + " somebody removed the staging directory, and the input must be"
                                + " read again.");
            } else {
                LOG.warn("A file is visible already as part of another one. file={}", file);
            }
        }
        return there;
    }

    /** The file belongs to who began it. Confined to its thread. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(FSDataOutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
