// SPDX-License-Identifier: Apache-2.0
// A socket that Asio waits for. All that the network takes from Asio is waiting: bytes are moved by
// `transport`, so that a connection that says nothing has no buffer.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace tertulia::net {

using waitable =
    boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;

} // namespace tertulia::net
