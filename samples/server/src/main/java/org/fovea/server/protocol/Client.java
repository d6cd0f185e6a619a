package org.fovea.server.protocol;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/** The other end of a request's connection, once the body is read. Not thread-safe: for the request's own thread. */
public final class Client {
    private final Connection connection;
    private final EndPoint endPoint;

    private Client(Connection connection) {
        this.connection = connection;
        this.endPoint = connection.getEndPoint();
    }

    /** The client of a request. */
    public static Client of(Context ctx) {
        return new Client(ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection());
    }

    /**
     * Returns whether the client has hung up. Jetty reads nothing while a request is handled, so only reading detects this; if
     * that yields a byte of the next request, the byte is given back to the connection. A client that has closed its sending
     * direction counts as gone.
     */
    public boolean isGone() {
        if (!endPoint.isOpen() || !(connection instanceof Connection.UpgradeTo next)) {
            return !endPoint.isOpen();
        }
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            int count = endPoint.fill(one);
            if (count > 0) {
                next.onUpgradeTo(one);
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
