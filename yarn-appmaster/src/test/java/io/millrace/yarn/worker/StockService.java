package io.millrace.yarn.worker;

import io.millrace.runtime.message.NodeService;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.yarn.launch.ShuffleAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.ShuffleHandler;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.api.ApplicationInitializationContext;
import org.apache.hadoop.yarn.server.api.AuxiliaryLocalPathHandler;

/** The shuffle service that a NodeManager runs, in this process, with one local directory. */
final class StockService implements AutoCloseable {
    private static final String USER = "alice";

    private final Path local;
    private final ShuffleHandler handler = new ShuffleHandler();

    StockService(Path local) {
        this.local = local;
        Configuration conf = new YarnConfiguration();
        conf.setInt(ShuffleHandler.SHUFFLE_PORT_CONFIG_KEY, 0);
        conf.setBoolean("mapreduce.shuffle.manage.os.cache", false);
        handler.setAuxiliaryLocalPathHandler(new OneDirectory());
        handler.init(conf);
        handler.start();
    }

    /** Where a NodeManager lets containers of the application write. */
    Path directoryOf(ApplicationId application) throws IOException {
        return Files.createDirectories(
                local.resolve("usercache/" + USER + "/appcache/" + application));
    }

    /** What a NodeManager does when the first container of an application starts. */
    void initialize(ApplicationId application, AppSecret secret) {
        ByteBuffer data = ShuffleAccess.serviceData(application, secret).get(ShuffleAccess.SERVICE);
        handler.initializeApplication(
                new ApplicationInitializationContext(USER, application, data));
    }

    NodeService address() {
        int port = ShuffleAccess.portOf(Map.of(ShuffleAccess.SERVICE, handler.getMetaData()));
        return new NodeService("node:1", "localhost", port);
    }

    @Override
    public void close() {
        handler.stop();
    }

    /** The local directories of a NodeManager that has one. */
    private final class OneDirectory implements AuxiliaryLocalPathHandler {
        @Override
        public org.apache.hadoop.fs.Path getLocalPathForRead(String path) throws IOException {
            Path found = local.resolve(path);
            if (!Files.exists(found)) {
                throw new IOException("Could not find " + path);
            }
            return new org.apache.hadoop.fs.Path(found.toString());
        }

        @Override
        public org.apache.hadoop.fs.Path getLocalPathForWrite(String path) {
            return new org.apache.hadoop.fs.Path(local.resolve(path).toString());
        }

        @Override
        public org.apache.hadoop.fs.Path getLocalPathForWrite(String path, long size) {
            return getLocalPathForWrite(path);
        }

        @Override
        public Iterable<org.apache.hadoop.fs.Path> getAllLocalPathsForRead(String path)
                throws IOException {
            return java.util.List.of(getLocalPathForRead(path));
        }
    }
}
