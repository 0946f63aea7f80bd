package io.millrace.hdfs;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

/** Connections to ZooKeeper whose nodes belong to one application alone. Stateless. */
final class ZooKeeperClient {
    private ZooKeeperClient() {}

    /**
     * A client that is not started.
     *
     * @param key derived from the application's secret; who has it may read and write the znodes
     */
    static CuratorFramework of(ZooKeeperSettings settings, String applicationId, byte[] key) {
        String identity = applicationId + ":" + HexFormat.of().formatHex(key);
        return CuratorFrameworkFactory.builder()
                .connectString(settings.quorum())
                .sessionTimeoutMs(settings.sessionTimeoutMs())
                .connectionTimeoutMs(settings.connectionTimeoutMs())
                .retryPolicy(new ExponentialBackoffRetry(200, 5, 2_000))
                .authorization("digest", identity.getBytes(StandardCharsets.US_ASCII))
                .aclProvider(new CreatorOnly())
                .zkClientConfig(settings.sasl().forClient())
                // A lost connection leaves the session alone; we pause by ourselves.
                .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
                .build();
    }

    /** The epoch in the text of an epoch node. */
    static long epochIn(String text) {
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    /** Gives every node to the identity that makes it, and to nobody else. */
    private static final class CreatorOnly implements ACLProvider {
        @Override
        public List<ACL> getDefaultAcl() {
            return ZooDefs.Ids.CREATOR_ALL_ACL;
        }

        @Override
        public List<ACL> getAclForPath(String path) {
            return ZooDefs.Ids.CREATOR_ALL_ACL;
        }
    }
}
