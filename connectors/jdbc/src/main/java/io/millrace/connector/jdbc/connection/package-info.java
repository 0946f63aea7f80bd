/**
 * Connections that are checked and made anew. {@link
 * io.millrace.connector.jdbc.connection.SimpleJdbcConnectionProvider} is the way in; programs may
 * bring their own. Threads: a provider is confined to whoever made it.
 */
package io.millrace.connector.jdbc.connection;
