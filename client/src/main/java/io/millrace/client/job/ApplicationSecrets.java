package io.millrace.client.job;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of the applications that this user submitted from this machine: one file each, for
 * its owner's eyes only ({@code rw-------} below {@code rwx------}). Who holds a secret may cancel.
 */
public final class ApplicationSecrets {
    private static final FileAttribute<?> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Longer than tokens of a cluster live without renewal. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Path directory;

    /**
     * @param directory made at the first {@link #put}
     */
    public ApplicationSecrets(Path directory) {
        this.directory = directory;
    }

    public void put(String applicationId, AppSecret secret) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, OWNER_DIRECTORY);
            }
            forgetOld();
            Path file = file(applicationId);
            Files.deleteIfExists(file);
            try (var channel =
                    Files.newByteChannel(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            OWNER_FILE)) {
                channel.write(
                        java.nio.ByteBuffer.wrap(
                                HexFormat.of().formatHex(secret.toBytes()).getBytes()));
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Those of applications that nobody here has seen ending. */
    private void forgetOld() throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(KEPT));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Empty if the application was submitted elsewhere, or the file cannot be used. */
    public Optional<AppSecret> find(String applicationId) {
        try {
            String hex = Files.readString(file(applicationId)).strip();
            return Optional.of(AppSecret.of(HexFormat.of().parseHex(hex)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** For an application that has ended. */
    public void forget(String applicationId) {
        try {
            Files.deleteIfExists(file(applicationId));
        } catch (IOException e) {
            // It opens nothing any more.
        }
    }

    private Path file(String applicationId) {
        if (!applicationId.matches("[A-Za-z0-9_]+")) {
            throw new MillraceException(
                    ErrorCode.JOB_NOT_FOUND,
                    "'" + applicationId + "' is no application id. 'millrace list' shows them.");
        }
        return directory.resolve(applicationId);
    }

    private MillraceException notWritten(IOException cause) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "the application's secret cannot be kept in "
                        + directory
                        + " ("
                        + cause
                        + "). The application runs, but only YARN can end it from here.",
                cause);
    }
}
