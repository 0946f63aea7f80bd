package io.millrace.hdfs;

/**
 * The few operations of ZooKeeper that pointers need; a seam for tests of lost replies. Confined to
 * its user. Every method throws what ZooKeeper throws.
 */
interface PointerNodes extends AutoCloseable {
    /** Of a node that does not exist. */
    int ABSENT = -1;

    /**
     * The content and version of a node, after everything that this session has done; null if there
     * is none.
     */
    Node read(String path) throws Exception;

    /**
     * In one transaction: if the epoch's node has the version, and the node of the pointer too,
     * sets its content.
     *
     * @param version {@link #ABSENT} to make the node
     */
    void put(String path, byte[] content, int version, String epochPath, int epochVersion)
            throws Exception;

    /** In one transaction: if the epoch's node has the version, deletes the node. */
    void delete(String path, String epochPath, int epochVersion) throws Exception;

    @Override
    void close();

    /** A node as it was read. */
    record Node(byte[] content, int version) {}
}
