package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file by which workers that have lost their application master find the next one: {@code
 * host:port} in the staging directory, which only the application's user can read and write.
 * Stateless; any thread. Who answers there has to prove the application's secret all the same.
 */
public final class LeaderFile {
    private static final int MAX_BYTES = 1_024;

    private LeaderFile() {}

    /** Replaces what an earlier attempt has written. */
    public static void write(FileSystem files, Path staging, InetSocketAddress address)
            throws IOException {
        Path path = new Path(staging, ContainerLayout.LEADER);
        try (FSDataOutputStream out = files.create(path, true)) {
            String text = address.getHostString() + ":" + address.getPort();
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * @return unresolved
     * @throws MillraceException {@code CLUSTER_UNREACHABLE} if it is not there or is just being
     *     written
     */
    public static InetSocketAddress read(Configuration hadoop, Path staging) {
        Path path = new Path(staging, ContainerLayout.LEADER);
        try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            int colon = text.lastIndexOf(':');
            if (colon <= 0) {
                throw new IOException("it holds '" + text + "' and not host:port");
            }
            return InetSocketAddress.createUnresolved(
                    text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IOException | NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "the application master cannot be found: " + path + ": " + e,
                    e);
        }
    }
}
