package io.millrace.hdfs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** Pointers in ZooKeeper. Confined to its user. */
final class CuratorPointerNodes implements PointerNodes {
    private static final int SYNC_TIMEOUT_S = 60;

    private final CuratorFramework client;
    private final String parent;

    /**
     * @param client started; closed with this
     */
    CuratorPointerNodes(CuratorFramework client, String parent) {
        this.client = client;
        this.parent = parent;
    }

    @Override
    public Node read(String path) throws Exception {
        sync(path);
        try {
            Stat stat = new Stat();
            byte[] content = client.getData().storingStatIn(stat).forPath(path);
            return new Node(content, stat.getVersion());
        } catch (KeeperException.NoNodeException e) {
            return null;
        }
    }

    /** Waits until our server knows all that was done: it may lag behind our own write. */
    private void sync(String path) throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        client.sync()
                .inBackground((ignored, event) -> code.complete(event.getResultCode()))
                .forPath(path);
        int result;
        try {
            result = code.get(SYNC_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new KeeperException.OperationTimeoutException();
        }
        if (result != KeeperException.Code.OK.intValue()) {
            throw KeeperException.create(KeeperException.Code.get(result), path);
        }
    }

    @Override
    public void put(String path, byte[] content, int version, String epochPath, int epochVersion)
            throws Exception {
        CuratorOp write;
        if (version == ABSENT) {
            makeParent();
            write =
                    client.transactionOp()
                            .create()
                            .withMode(CreateMode.PERSISTENT)
                            .forPath(path, content);
        } else {
            write = client.transactionOp().setData().withVersion(version).forPath(path, content);
        }
        client.transaction().forOperations(check(epochPath, epochVersion), write);
    }

    @Override
    public void delete(String path, String epochPath, int epochVersion) throws Exception {
        client.transaction()
                .forOperations(
                        check(epochPath, epochVersion),
                        client.transactionOp().delete().forPath(path));
    }

    private CuratorOp check(String epochPath, int epochVersion) throws Exception {
        return client.transactionOp().check().withVersion(epochVersion).forPath(epochPath);
    }

    private void makeParent() throws Exception {
        try {
            client.create().creatingParentsIfNeeded().forPath(parent, new byte[0]);
        } catch (KeeperException.NodeExistsException e) {
            // made before, by this leader or one before it
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
