package io.millrace.client.sandbox;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Takes the place of Hadoop's {@code SecureIOUtils} in the sandbox's daemons, under its name; see
 * {@link SupportJar}. On a secure cluster Hadoop's own class opens logs and shuffled files only if
 * their owner is the expected one, for which it needs Hadoop's native library; without that the
 * NodeManager ends. All files of a sandbox have one owner, so that there is nothing to be checked.
 * Stateless.
 */
public final class OwnFiles {
    private OwnFiles() {}

    public static FileInputStream openForRead(File file, String owner, String group)
            throws IOException {
        return new FileInputStream(file);
    }

    public static RandomAccessFile openForRandomRead(
            File file, String mode, String owner, String group) throws IOException {
        return new RandomAccessFile(file, mode);
    }

    public static FSDataInputStream openFSDataInputStream(File file, String owner, String group)
            throws IOException {
        return FileSystem.getLocal(new Configuration())
                .getRaw()
                .open(new Path(file.getAbsolutePath()));
    }

    /**
     * @param permissions nine bits
     */
    public static FileOutputStream createForWrite(File file, int permissions) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((permissions >> bit & 1) == 0 ? '-' : "rwx".charAt((8 - bit) % 3));
        }
        Files.newByteChannel(
                        file.toPath(),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(text.toString())))
                .close();
        return new FileOutputStream(file);
    }
}
